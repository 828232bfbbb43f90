package org.understudy.site.transfer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.understudy.Place;
import org.understudy.log.Ballot;
import org.understudy.log.MalformedValueException;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.site.thread.Worker;

/**
 * Fetches a checkpoint from another site, piece by piece, and tells the replica how far it is. What has been written is
 * kept over a broken connection, and fetching goes on from there if the source still has that checkpoint. On the loop;
 * files are written by the keeper thread.
 */
public final class CheckpointClient {
    private static final Logger LOGGER = System.getLogger(CheckpointClient.class.getName());

    private final Place place;
    private final Path home;
    private final Worker keeper;
    private final Consumer<Runnable> loop;
    private final BiConsumer<Peer, Message> sender;
    private final Consumer<Input> inputs;
    private Optional<Peer> source = Optional.empty();
    private Optional<IncomingCheckpoint> incoming = Optional.empty();
    private Optional<Peer> asked = Optional.empty();
    private boolean recovering;
    private boolean active;
    private long endedNanos;
    private long request;
    private long heardNanos;
    private long toldNanos;
    private long toldBytes;

    /** Writes under {@code home}; {@code inputs} takes what the replica is to know. */
    public CheckpointClient(
            Place place,
            Path home,
            Worker keeper,
            Consumer<Runnable> loop,
            BiConsumer<Peer, Message> sender,
            Consumer<Input> inputs) {
        this.place = place;
        this.home = home;
        this.keeper = keeper;
        this.loop = loop;
        this.sender = sender;
        this.inputs = inputs;
    }

    /** Finds out what a former process had fetched; before anything is asked for. */
    public void recover() {
        recovering = true;
        keeper.submit(() -> {
            Optional<IncomingCheckpoint> found = recovered();
            loop.accept(() -> {
                recovering = false;
                incoming = found;
                endedNanos = System.nanoTime();
                found.ifPresent(kept -> inputs.accept(new Input.CheckpointKept(Optional.of(kept.source()))));
                asked.ifPresent(this::fetch);
            });
        });
    }

    private Optional<IncomingCheckpoint> recovered() {
        try {
            Optional<IncomingCheckpoint> found = IncomingCheckpoint.recover(home);
            if (found.isEmpty()) {
                CheckpointFiles.delete(home);
            }
            return found;
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "USTDY-0354 [" + place + "] what was fetched into " + home + " is of no use", e);
            return Optional.empty();
        }
    }

    /** Begins, or goes on where a broken connection or the end of a process interrupted it. */
    public void fetch(Peer from) {
        asked = recovering ? Optional.of(from) : Optional.empty();
        if (recovering) {
            return;
        }
        incoming = incoming.filter(kept -> kept.source().equals(from));
        source = Optional.of(from);
        active = true;
        heardNanos = System.nanoTime();
        request++;
        sender.accept(
                from,
                new Message.CheckpointRequest(
                        request, incoming.map(kept -> kept.offer().checkpoint()).orElse(Ballot.NO_ID)));
    }

    /** The source has one. */
    public void onOffer(Peer from, Message.CheckpointOffer offer) {
        if (!isExpected(from, offer.request())) {
            return;
        }
        heardNanos = System.nanoTime();
        boolean resumes = incoming.filter(kept -> kept.offer().checkpoint().equals(offer.checkpoint()))
                .isPresent();
        try {
            incoming = Optional.of(resumes ? incoming.get() : new IncomingCheckpoint(from, offer, home));
        } catch (MalformedValueException e) {
            giveUp(e.getMessage());
            return;
        }
        if (resumes) {
            incoming.get().interrupted();
        } else {
            IncomingCheckpoint fresh = incoming.get();
            aside(fresh::prepare, () -> {});
        }
        inputs.accept(new Input.CheckpointOffered(offer.standing(), offer.history(), offer.permanentLsn()));
    }

    private boolean isExpected(Peer from, long answered) {
        return active && source.filter(from::equals).isPresent() && answered == request;
    }

    /** The offered one is wanted. */
    public void accept() {
        toldNanos = System.nanoTime();
        toldBytes = bytesDone();
        if (active) {
            goOn();
        }
    }

    /** The offered one is of no use. */
    public void refuse(String reason) {
        letGo();
        fail("the checkpoint was refused: " + reason);
    }

    /** The source is done with: the checkpoint is installed, or of no use. */
    public void letGo() {
        incoming.ifPresent(kept -> sender.accept(
                kept.source(), new Message.CheckpointDone(kept.offer().checkpoint())));
        active = false;
        forget();
        keeper.submit(() -> {
            try {
                CheckpointFiles.delete(home);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "USTDY-0355 [" + place + "] left-overs stay in " + home, e);
            }
        });
    }

    /** Nothing that is here is of use any more. */
    private void forget() {
        incoming = Optional.empty();
        inputs.accept(new Input.CheckpointKept(Optional.empty()));
    }

    /** Where the files of the fetched checkpoint are. */
    public Path folder() {
        return IncomingCheckpoint.files(home);
    }

    /** How much of the current checkpoint is here. */
    public long bytesDone() {
        return incoming.map(IncomingCheckpoint::bytesDone).orElse(0L);
    }

    /** How much the current checkpoint has. */
    public long bytesTotal() {
        return incoming.map(IncomingCheckpoint::bytesTotal).orElse(0L);
    }

    private void goOn() {
        IncomingCheckpoint current = incoming.orElseThrow();
        for (Optional<IncomingCheckpoint.Piece> next = current.ask(); next.isPresent(); next = current.ask()) {
            IncomingCheckpoint.Piece piece = next.get();
            sender.accept(
                    current.source(),
                    new Message.ChunkRequest(
                            request, current.offer().checkpoint(), piece.file(), piece.offset(), piece.bytes()));
        }
        if (current.isComplete()) {
            aside(current::verify, () -> inputs.accept(new Input.CheckpointFetched()));
        }
    }

    /** A piece arrived. */
    public void onChunk(Peer from, Message.Chunk chunk) {
        if (!isExpected(from, chunk.request()) || incoming.isEmpty()) {
            return;
        }
        heardNanos = System.nanoTime();
        IncomingCheckpoint current = incoming.get();
        Optional<IncomingCheckpoint.Piece> piece = current.pieceOf(chunk);
        if (piece.isEmpty()) {
            giveUp("a piece of the checkpoint arrived damaged or unasked from " + from);
            return;
        }
        aside(() -> current.write(piece.get(), chunk.bytes()), () -> {
            current.written(piece.get());
            tellProgress(current);
            goOn();
        });
    }

    /** Does file work on the keeper thread, and goes on here if the fetching is still the same. */
    private void aside(Runnable work, Runnable then) {
        long mine = request;
        keeper.submit(() -> {
            Runnable next = then;
            try {
                work.run();
            } catch (RuntimeException e) {
                next = () -> giveUp(e.getMessage());
            }
            Runnable result = next;
            loop.accept(() -> {
                if (active && request == mine) {
                    result.run();
                }
            });
        });
    }

    private void tellProgress(IncomingCheckpoint current) {
        long now = System.nanoTime();
        long sinceNanos = now - toldNanos;
        if (sinceNanos >= TransferLimits.PROGRESS_EVERY.toNanos() || current.isComplete()) {
            long rate = (long) ((current.bytesDone() - toldBytes) * 1e9 / Math.max(1, sinceNanos));
            toldNanos = now;
            toldBytes = current.bytesDone();
            inputs.accept(new Input.InitialiseProgress(current.bytesDone(), current.bytesTotal(), rate));
        }
    }

    /** The source can't go on. */
    public void onFailed(Peer from, Message.CheckpointFailed failed) {
        if (isExpected(from, failed.request())) {
            giveUp("site " + from + ": " + failed.reason());
        }
    }

    /** The connection to a site broke, or the one for bulk. */
    public void lost(Peer peer, String reason) {
        if (active && source.filter(peer::equals).isPresent()) {
            incoming.ifPresent(IncomingCheckpoint::interrupted);
            inputs.accept(new Input.CheckpointKept(incoming.map(IncomingCheckpoint::source)));
            fail("the connection to site " + peer + " broke: " + reason);
        }
    }

    /** Gives a silent source up, and what nobody goes on fetching; to be called now and then. */
    public void tick() {
        boolean unused = !active && incoming.isPresent();
        if (unused && System.nanoTime() - endedNanos > TransferLimits.UNUSED.toNanos()) {
            letGo();
        }
        boolean waits = active && incoming.map(current -> !current.isComplete()).orElse(true);
        if (waits && System.nanoTime() - heardNanos > TransferLimits.SILENCE.toNanos()) {
            giveUp("site " + source.orElseThrow() + " has sent nothing for " + TransferLimits.SILENCE);
        }
    }

    private void giveUp(String reason) {
        forget();
        fail(reason);
    }

    private void fail(String reason) {
        active = false;
        endedNanos = System.nanoTime();
        LOGGER.log(Level.WARNING, "USTDY-0353 [" + place + "] initialising failed and is tried again: " + reason);
        inputs.accept(new Input.InitialiseFailed(reason));
    }
}
