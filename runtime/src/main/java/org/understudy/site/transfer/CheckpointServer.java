package org.understudy.site.transfer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.understudy.Place;
import org.understudy.log.GenerationHistory;
import org.understudy.log.file.Log;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.site.thread.Worker;
import org.understudy.store.CheckpointInfo;
import org.understudy.store.Store;

/**
 * Makes checkpoints for other sites and hands them out piece by piece. A checkpoint is kept as long as somebody uses it,
 * and serves everybody whom the log still reaches from it. All of it runs on the keeper thread.
 */
public final class CheckpointServer {
    private static final Logger LOGGER = System.getLogger(CheckpointServer.class.getName());

    private final Place place;
    private final Path folder;
    private final Log log;
    private final Store store;
    private final Worker keeper;
    private final BiConsumer<Peer, Message> sender;
    private final Map<UUID, Pinned> pinned = new HashMap<>();

    /** Keeps its checkpoints under {@code folder}; {@code sender} may be called anywhere. */
    public CheckpointServer(
            Place place, Path folder, Log log, Store store, Worker keeper, BiConsumer<Peer, Message> sender) {
        this.place = place;
        this.folder = folder;
        this.log = log;
        this.store = store;
        this.keeper = keeper;
        this.sender = sender;
        recover();
    }

    /** What a former process had made and is whole goes on being served; the rest goes. */
    private void recover() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.toList()) {
                Optional<Pinned> checkpoint = CheckpointManifest.read(file.resolve("manifest"))
                        .filter(manifest -> manifest.offer()
                                        .checkpoint()
                                        .toString()
                                        .equals(file.getFileName().toString())
                                && isWhole(
                                        file.resolve("files"), manifest.offer().files()))
                        .map(manifest -> new Pinned(file, manifest.offer()));
                checkpoint.ifPresentOrElse(
                        whole -> pinned.put(whole.offer.checkpoint(), whole), () -> CheckpointFiles.delete(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    private static boolean isWhole(Path files, List<Message.CheckpointFile> expected) {
        return expected.stream().allMatch(file -> {
            try {
                Path path = files.resolve(file.name());
                return Files.isRegularFile(path) && Files.size(path) == file.bytes();
            } catch (IOException e) {
                return false; // one that can't be read can't be served either
            }
        });
    }

    /** A site asks for a checkpoint. */
    public void onRequest(Peer from, Message.CheckpointRequest request) {
        if (store.isPartial()) {
            refuse(from, request, "this site is a partial view, which is no source for others");
            return;
        }
        keeper.submit(() -> {
            try {
                dropUndone();
                Pinned checkpoint = resumable(request.resume()).orElseGet(this::usable);
                checkpoint.users.add(from);
                sender.accept(from, checkpoint.offer(request.request()));
            } catch (RuntimeException e) {
                fail(from, request.request(), request.resume(), e);
            }
        });
    }

    /** A site asks for a checkpoint and gets none. */
    public void refuse(Peer from, Message.CheckpointRequest request, String reason) {
        sender.accept(from, new Message.CheckpointFailed(request.request(), request.resume(), reason));
    }

    /** A site asks for a piece. */
    public void onChunkRequest(Peer from, Message.ChunkRequest request) {
        keeper.submit(() -> {
            try {
                Pinned checkpoint = resumable(request.checkpoint())
                        .orElseThrow(() -> new IllegalStateException("there is no such checkpoint any more"));
                sender.accept(from, checkpoint.chunk(request));
            } catch (RuntimeException e) {
                fail(from, request.request(), request.checkpoint(), e);
            }
        });
    }

    /** A site needs its checkpoint no more. */
    public void onDone(Peer from, Message.CheckpointDone done) {
        keeper.submit(() -> resumable(done.checkpoint()).ifPresent(checkpoint -> {
            checkpoint.users.remove(from);
            if (checkpoint.users.isEmpty()) {
                drop(checkpoint);
            }
        }));
    }

    /** Gives up what nobody has used for long; to be called now and then, on the keeper thread. */
    public void expire() {
        long now = System.nanoTime();
        List.copyOf(pinned.values()).stream()
                .filter(checkpoint -> now - checkpoint.usedNanos > TransferLimits.UNUSED.toNanos())
                .forEach(this::drop);
    }

    /** The first LSN that a site needs which installs the oldest checkpoint in use; on the keeper thread. */
    public long pinnedLsn() {
        return pinned.values().stream()
                .mapToLong(checkpoint -> checkpoint.offer.standing().lsn() + 1)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** A checkpoint that holds records which this site has undone since is of no use to anybody. */
    private void dropUndone() {
        GenerationHistory history = store.history();
        long appliedLsn = store.applied().lsn();
        List.copyOf(pinned.values()).stream()
                .filter(checkpoint -> {
                    Message.CheckpointOffer offer = checkpoint.offer;
                    long lsn = offer.standing().lsn();
                    return GenerationHistory.matchPoint(history, appliedLsn, offer.history(), lsn) < lsn;
                })
                .forEach(this::drop);
    }

    private Optional<Pinned> resumable(UUID id) {
        return Optional.ofNullable(pinned.get(id));
    }

    /** One from which the log still goes on, else a new one. */
    private Pinned usable() {
        return pinned.values().stream()
                .filter(checkpoint -> checkpoint.offer.standing().lsn() + 1 >= log.startLsn())
                .findFirst()
                .orElseGet(this::create);
    }

    private Pinned create() {
        UUID id = UUID.randomUUID();
        Path home = folder.resolve(id.toString());
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + home + " can't be made: " + e.getMessage(), e);
        }
        CheckpointInfo info = store.checkpoint(home.resolve("files"));
        List<Message.CheckpointFile> files = CheckpointFiles.list(info.directory());
        Message.CheckpointOffer offer = new Message.CheckpointOffer(
                0, id, info.applied(), info.permanentLsn(), info.history(), info.members(), files);
        new CheckpointManifest(Optional.empty(), offer).write(home.resolve("manifest"));
        Pinned created = new Pinned(home, offer);
        pinned.put(id, created);
        LOGGER.log(
                Level.INFO,
                "USTDY-0351 [" + place + "] made a checkpoint at " + info.applied() + " of " + files.size()
                        + " files for another site");
        return created;
    }

    private void drop(Pinned checkpoint) {
        pinned.remove(checkpoint.offer.checkpoint());
        CheckpointFiles.delete(checkpoint.home);
    }

    private void fail(Peer to, long request, UUID checkpoint, RuntimeException why) {
        LOGGER.log(Level.WARNING, "USTDY-0352 [" + place + "] site " + to + " can't be served a checkpoint", why);
        sender.accept(to, new Message.CheckpointFailed(request, checkpoint, String.valueOf(why.getMessage())));
    }

    private static final class Pinned {
        final Path home;
        final Message.CheckpointOffer offer;
        final Set<Peer> users = new HashSet<>();
        long usedNanos = System.nanoTime();

        Pinned(Path home, Message.CheckpointOffer offer) {
            this.home = home;
            this.offer = offer;
        }

        Message offer(long request) {
            usedNanos = System.nanoTime();
            return new Message.CheckpointOffer(
                    request,
                    offer.checkpoint(),
                    offer.standing(),
                    offer.permanentLsn(),
                    offer.history(),
                    offer.members(),
                    offer.files());
        }

        Message chunk(Message.ChunkRequest request) {
            usedNanos = System.nanoTime();
            List<Message.CheckpointFile> files = offer.files();
            boolean known = request.file() >= 0 && request.file() < files.size();
            if (!known
                    || request.offset() < 0
                    || request.offset() > files.get(request.file()).bytes()) {
                throw new IllegalArgumentException("there is no piece " + request.file() + "/" + request.offset());
            }
            Message.CheckpointFile file = files.get(request.file());
            long left = file.bytes() - request.offset();
            byte[] bytes = new byte[(int) Math.min(left, Math.min(request.maxBytes(), TransferLimits.CHUNK_BYTES))];
            try (RandomAccessFile in = new RandomAccessFile(
                    home.resolve("files").resolve(file.name()).toFile(), "r")) {
                in.seek(request.offset());
                in.readFully(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("file " + file.name() + " can't be read: " + e.getMessage(), e);
            }
            return new Message.Chunk(
                    request.request(),
                    offer.checkpoint(),
                    request.file(),
                    request.offset(),
                    CheckpointFiles.checksum(bytes),
                    bytes);
        }
    }
}
