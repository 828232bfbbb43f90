package org.understudy.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.log.Ballot;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** Fetches a checkpoint, chunk by chunk, and puts it in the environment's place when the protocol says so. */
final class CheckpointClient {
    private static final int CHUNK_BYTES = 100;

    private final SiteProcess process;
    private Optional<Peer> source = Optional.empty();
    private Optional<Message.CheckpointOffer> offer = Optional.empty();
    private final List<ByteBuffer> files = new ArrayList<>();
    private Optional<Peer> kept = Optional.empty();
    private boolean resumes;
    private long request;

    CheckpointClient(SiteProcess process) {
        this.process = process;
    }

    /** Asks this peer for one, or for the rest of the one that was interrupted. */
    void fetch(Peer from) {
        if (kept.filter(from::equals).isEmpty()) {
            offer = Optional.empty();
        }
        kept = Optional.empty();
        source = Optional.of(from);
        request++;
        if (!process.sessions().reaches(from)) {
            fail("site " + from + " is not connected");
            return;
        }
        process.send(
                from,
                new Message.CheckpointRequest(
                        request, offer.map(Message.CheckpointOffer::checkpoint).orElse(Ballot.NO_ID)));
    }

    /** Goes on with what was offered, unless the connection has broken before the ballot was on the disk. */
    void accept() {
        if (offer.isPresent() && source.isPresent()) {
            if (!resumes) {
                files.clear();
                offer.get().files().forEach(file -> files.add(ByteBuffer.allocate((int) file.bytes())));
            }
            askForMore();
        }
    }

    /** Has no use for what was offered. */
    void refuse() {
        offer.ifPresent(offered ->
                source.ifPresent(peer -> process.send(peer, new Message.CheckpointDone(offered.checkpoint()))));
        source = Optional.empty();
        offer = Optional.empty();
    }

    /** The connection for bulk to a peer broke. */
    void lost(Peer peer) {
        if (source.filter(peer::equals).isPresent()) {
            kept = offer.isPresent() && !files.isEmpty() ? source : Optional.empty();
            process.take(new Input.CheckpointKept(kept));
            source = Optional.empty();
            process.take(new Input.InitialiseFailed("the connection to site " + peer + " broke"));
        }
    }

    void received(Peer from, Message.Transfer message) {
        if (source.filter(from::equals).isEmpty()) {
            return;
        }
        if (message instanceof Message.CheckpointOffer offered && offered.request() == request) {
            resumes = offer.map(Message.CheckpointOffer::checkpoint)
                    .filter(offered.checkpoint()::equals)
                    .isPresent();
            offer = Optional.of(offered);
            process.take(new Input.CheckpointOffered(offered.standing(), offered.history(), offered.permanentLsn()));
        } else if (message instanceof Message.Chunk chunk && chunk.request() == request) {
            take(chunk);
        } else if (message instanceof Message.CheckpointFailed failed && failed.request() == request) {
            fail(failed.reason());
        }
    }

    private void take(Message.Chunk chunk) {
        ByteBuffer file = files.get(chunk.file());
        boolean next = offer.filter(offered -> offered.checkpoint().equals(chunk.checkpoint()))
                        .isPresent()
                && chunk.offset() == file.position();
        if (next && file.hasRemaining()) {
            if (chunk.bytes().length != Math.min(CHUNK_BYTES, file.remaining())) {
                fail("a piece that is short");
                return;
            }
            file.put(chunk.bytes());
            askForMore();
        }
    }

    private void askForMore() {
        long done = files.stream().mapToLong(ByteBuffer::position).sum();
        long total = files.stream().mapToLong(ByteBuffer::capacity).sum();
        process.take(new Input.InitialiseProgress(done, total, 0));
        if (offer.isEmpty()) {
            return;
        }
        for (int file = 0; file < files.size(); file++) {
            ByteBuffer bytes = files.get(file);
            if (bytes.hasRemaining()) {
                Message.CheckpointOffer offered = offer.orElseThrow();
                process.send(
                        source.orElseThrow(),
                        new Message.ChunkRequest(request, offered.checkpoint(), file, bytes.position(), CHUNK_BYTES));
                return;
            }
        }
        List<Message.CheckpointFile> here =
                CheckpointFiles.describe(files.stream().map(ByteBuffer::array).toList());
        if (!here.equals(offer.get().files())) {
            fail("files that are not what the source has");
            return;
        }
        offer.ifPresent(whole -> process.send(source.orElseThrow(), new Message.CheckpointDone(whole.checkpoint())));
        source = Optional.empty();
        process.take(new Input.CheckpointFetched());
    }

    /** Puts what was fetched in place. */
    void install() {
        Message.CheckpointOffer fetched = offer.orElseThrow();
        DataImage image = new DataImage();
        CheckpointFiles.read(files.stream().map(ByteBuffer::array).toList(), image);
        image.applied = fetched.standing();
        image.history = fetched.history();
        image.members = fetched.members();
        image.permanentLsn = fetched.permanentLsn();
        offer = Optional.empty();
        process.writer().install(image, fetched.permanentLsn());
    }

    private void fail(String reason) {
        source = Optional.empty();
        offer = Optional.empty();
        process.take(new Input.CheckpointKept(Optional.empty()));
        process.take(new Input.InitialiseFailed(reason));
    }
}
