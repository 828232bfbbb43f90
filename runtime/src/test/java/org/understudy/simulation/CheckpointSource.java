package org.understudy.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.understudy.WriteFailedException;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** Gives checkpoints away, chunk by chunk, and keeps each until it is no longer needed. */
final class CheckpointSource {
    private static final long PREPARE_MICROS = 5_000;
    private static final int MISSING = 0;
    private static final int SHORT = 1;
    private static final int WRONG = 2;
    private static final double OLDER = 0.3;

    private final SiteProcess process;
    private final Map<UUID, Pinned> pinned = new HashMap<>();

    private record Pinned(DataImage image, List<byte[]> files) {}

    CheckpointSource(SiteProcess process) {
        this.process = process;
    }

    void received(Peer from, Message.Transfer message) {
        process.take(new Input.ServedCheckpoint(from));
        if (message instanceof Message.CheckpointRequest request
                && !process.settings().replica().sync().isSource()) {
            process.send(from, new Message.CheckpointFailed(request.request(), new UUID(0, 0), "a partial view"));
        } else if (message instanceof Message.CheckpointRequest request) {
            process.after(process.site().dice().until(PREPARE_MICROS), () -> offer(from, request));
        } else if (message instanceof Message.ChunkRequest request) {
            send(from, request);
        } else if (message instanceof Message.CheckpointDone done) {
            pinned.remove(done.checkpoint());
        }
    }

    /** Mostly a fresh one, but one that was made for somebody else before may do. */
    private void offer(Peer to, Message.CheckpointRequest request) {
        if (pinned.containsKey(request.resume())) {
            offer(to, request.request(), request.resume());
            return;
        }
        try {
            if (!process.site().dice().chance(OLDER)) {
                process.disk().flush();
            }
        } catch (WriteFailedException e) {
            process.send(to, new Message.CheckpointFailed(request.request(), new UUID(0, 0), e.getMessage()));
            process.diskFailed(e);
            return;
        }
        boolean stale = process.site().world().network().mischief().happens(FaultKind.STALE_CHECKPOINT);
        DataImage image =
                stale ? process.disk().atStart() : process.disk().store().flushed();
        UUID id = process.site().dice().uuid();
        pinned.put(id, new Pinned(image, CheckpointFiles.of(image)));
        offer(to, request.request(), id);
    }

    private void offer(Peer to, long request, UUID id) {
        DataImage image = pinned.get(id).image();
        process.send(
                to,
                new Message.CheckpointOffer(
                        request,
                        id,
                        image.applied,
                        image.permanentLsn,
                        image.history,
                        image.members,
                        CheckpointFiles.describe(pinned.get(id).files())));
    }

    private void send(Peer to, Message.ChunkRequest request) {
        Pinned checkpoint = pinned.get(request.checkpoint());
        boolean damaged = process.site().world().network().mischief().happens(FaultKind.DAMAGED_CHECKPOINT);
        int damage = damaged ? process.site().dice().below(3) : -1;
        if (checkpoint == null || damage == MISSING) {
            process.send(to, new Message.CheckpointFailed(request.request(), request.checkpoint(), "let go of"));
            return;
        }
        byte[] file = checkpoint.files().get(request.file());
        int offset = (int) request.offset();
        byte[] bytes = Arrays.copyOfRange(file, offset, Math.min(file.length, offset + request.maxBytes()));
        if (damage == SHORT) {
            bytes = Arrays.copyOf(bytes, bytes.length - 1);
        } else if (damage == WRONG) {
            bytes[0] ^= 1;
        }
        int checksum = CheckpointFiles.checksum(bytes);
        process.send(
                to,
                new Message.Chunk(
                        request.request(), request.checkpoint(), request.file(), request.offset(), checksum, bytes));
    }
}
