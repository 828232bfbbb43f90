package org.understudy.net;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames that any thread hands over and the event loop takes to a connection, in order. Bounded: from a number of bytes on
 * it takes no more. Encoding is done by whoever hands over.
 */
final class FrameQueue {
    private final long maxBytes;
    private final Station station;
    private final Runnable wakeUp;
    private final Queue<WireFrame> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closed;

    /** {@code wakeUp} is run on the station's loop when there is something to take. */
    FrameQueue(Station station, Runnable wakeUp) {
        this.station = station;
        this.maxBytes = station.options().messageQueueBytes();
        this.wakeUp = wakeUp;
    }

    /** Takes a frame, unless too much waits or nobody takes any more. Any thread. */
    Handed add(MessageFrame frame) {
        if (closed) {
            return Handed.GONE;
        } else if (bytes.get() >= maxBytes) {
            return Handed.FULL;
        }
        WireFrame encoded = MessageCodec.encode(frame);
        bytes.addAndGet(encoded.length());
        waiting.add(encoded);
        if (closed && waiting.remove(encoded)) {
            return Handed.GONE;
        }
        if (!woken.get() && woken.compareAndSet(false, true)) {
            station.eventLoop().execute(this::awake);
        }
        return Handed.TAKEN;
    }

    long bytes() {
        return bytes.get();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Hands to the connection what it takes now; the rest when it has drained. On the loop. */
    void flow(Connection to) {
        for (Optional<WireFrame> next = next(to); next.isPresent(); next = next(to)) {
            to.send(next.get());
        }
    }

    /** Forgets what waits, and tells how many frames that were. */
    long clear() {
        long dropped = 0;
        for (WireFrame frame = waiting.poll(); frame != null; frame = waiting.poll()) {
            bytes.addAndGet(-frame.length());
            dropped++;
        }
        return dropped;
    }

    /** Takes no more. */
    void close() {
        closed = true;
    }

    private void awake() {
        woken.set(false);
        station.dispatch(() -> {
            wakeUp.run();
            station.turn().flush();
        });
    }

    private Optional<WireFrame> next(Connection to) {
        if (to.isClosed() || !to.isWritable()) {
            return Optional.empty();
        }
        Optional<WireFrame> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(frame -> bytes.addAndGet(-frame.length()));
        return next;
    }
}
