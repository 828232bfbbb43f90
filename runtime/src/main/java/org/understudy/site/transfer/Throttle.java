package org.understudy.site.transfer;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * Spreads the ranges and checkpoints that are sent to others over time, so that together they are no more than {@code
 * transfer-limit} bytes a second (protocol.md §5). Ranges go first: a site waits for one at a time, and only its newest
 * question is answered. On the loop.
 */
public final class Throttle {
    /** A range is at most what may be sent in this part of a second. */
    private static final long RANGES_A_SECOND = 4;
    /** However small the limit, a range is no smaller than this. */
    private static final long LEAST_RANGE_BYTES = 16 << 10;

    private record Waiting(Peer to, Message message, long bytes) {}

    private final long bytesPerSecond;
    private final LongSupplier nanoClock;
    private final BiConsumer<Long, Runnable> timer;
    private final BiConsumer<Peer, Message> sender;
    private final Map<Peer, Waiting> ranges = new LinkedHashMap<>();
    private final ArrayDeque<Waiting> chunks = new ArrayDeque<>();
    private long freeAtNanos;
    private boolean timing;
    private long rangesSent;
    private long chunksSent;
    private long waits;

    /**
     * Passes on to {@code sender}.
     *
     * @param bytesPerSecond the limit; 0 for none
     * @param timer runs something after so many microseconds
     */
    public Throttle(
            long bytesPerSecond,
            LongSupplier nanoClock,
            BiConsumer<Long, Runnable> timer,
            BiConsumer<Peer, Message> sender) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoClock = nanoClock;
        this.timer = timer;
        this.sender = sender;
        this.freeAtNanos = nanoClock.getAsLong();
    }

    /** How large a range may be, of those who ask for so much. */
    public int rangeBytes(int asked) {
        long most =
                bytesPerSecond == 0 ? Integer.MAX_VALUE : Math.max(LEAST_RANGE_BYTES, bytesPerSecond / RANGES_A_SECOND);
        return (int) Math.max(1, Math.min(asked, most));
    }

    /** Sends a message, now or when its turn has come. */
    public void send(Peer to, Message message) {
        if (message instanceof Message.RangeAnswer answer && answer.records().isPresent()) {
            ranges.put(to, new Waiting(to, message, answer.records().get().length()));
            sendWhatMay(true);
        } else if (message instanceof Message.Chunk chunk) {
            chunks.add(new Waiting(to, message, chunk.bytes().length));
            sendWhatMay(true);
        } else {
            sender.accept(to, message);
        }
    }

    /** This site begins anew, or is gone: what waits for it is dropped. */
    public void forget(Peer to) {
        ranges.remove(to);
        chunks.removeIf(waiting -> waiting.to().equals(to));
    }

    private void sendWhatMay(boolean fresh) {
        while (!ranges.isEmpty() || !chunks.isEmpty()) {
            long waitNanos = bytesPerSecond == 0 ? 0 : freeAtNanos - nanoClock.getAsLong();
            if (waitNanos > 0) {
                waits += fresh ? 1 : 0;
                wake(waitNanos);
                return;
            }
            Waiting next = next();
            if (bytesPerSecond > 0) {
                freeAtNanos = nanoClock.getAsLong() + next.bytes() * 1_000_000_000L / bytesPerSecond;
            }
            sender.accept(next.to(), next.message());
        }
    }

    private Waiting next() {
        if (ranges.isEmpty()) {
            chunksSent++;
            return chunks.poll();
        }
        rangesSent++;
        Iterator<Waiting> first = ranges.values().iterator();
        Waiting next = first.next();
        first.remove();
        return next;
    }

    private void wake(long waitNanos) {
        if (!timing) {
            timing = true;
            timer.accept(waitNanos / 1_000 + 1, () -> {
                timing = false;
                sendWhatMay(false);
            });
        }
    }

    /** How many ranges were sent. */
    public long rangesSent() {
        return rangesSent;
    }

    /** How many pieces of checkpoints were sent. */
    public long chunksSent() {
        return chunksSent;
    }

    /** How many of both had to wait. */
    public long waits() {
        return waits;
    }
}
