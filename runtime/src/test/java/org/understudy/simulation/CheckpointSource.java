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
    private static final double OLDER = 0.3;

    private final SiteProcess process;
    private final Map<UUID, List<byte[]>> pinned = new HashMap<>();

    CheckpointSource(SiteProcess process) {
        this.process = process;
    }

    void received(Peer from, Message.Transfer message) {
        process.take(new Input.ServedCheckpoint(from));
        if (message instanceof Message.CheckpointRequest request) {
            process.after(process.site().dice().until(PREPARE_MICROS), () -> offer(from, request.request()));
        } else if (message instanceof Message.ChunkRequest request) {
            send(from, request);
        } else if (message instanceof Message.CheckpointDone done) {
            pinned.remove(done.checkpoint());
        }
    }

    /** Mostly a fresh one, but one that was made for somebody else before may do. */
    private void offer(Peer to, long request) {
        try {
            if (!process.site().dice().chance(OLDER)) {
                process.disk().flush();
            }
        } catch (WriteFailedException e) {
            process.send(to, new Message.CheckpointFailed(request, new UUID(0, 0), e.getMessage()));
            process.diskFailed(e);
            return;
        }
        boolean stale = process.site().world().network().mischief().happens(FaultKind.STALE_CHECKPOINT);
        DataImage image =
                stale ? process.disk().atStart() : process.disk().store().flushed();
        List<byte[]> files = CheckpointFiles.of(image);
        UUID id = process.site().dice().uuid();
        pinned.put(id, files);
        process.send(
                to,
                new Message.CheckpointOffer(
                        request,
                        id,
                        image.applied,
                        image.permanentLsn,
                        image.history,
                        image.members,
                        CheckpointFiles.describe(files)));
    }

    private void send(Peer to, Message.ChunkRequest request) {
        List<byte[]> files = pinned.get(request.checkpoint());
        if (files == null) {
            process.send(to, new Message.CheckpointFailed(request.request(), request.checkpoint(), "let go of"));
            return;
        }
        byte[] file = files.get(request.file());
        int offset = (int) request.offset();
        byte[] bytes = Arrays.copyOfRange(file, offset, Math.min(file.length, offset + request.maxBytes()));
        int checksum = CheckpointFiles.checksum(bytes);
        process.send(
                to,
                new Message.Chunk(
                        request.request(), request.checkpoint(), request.file(), request.offset(), checksum, bytes));
    }
}
