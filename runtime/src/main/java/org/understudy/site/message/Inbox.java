package org.understudy.site.message;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What has come from one sender and waits for its handler: handled one after the other, in order. */
final class Inbox implements Runnable {
    private final Executor threads;
    private final Consumer<ReceivedMessage> handling;
    private final long maxBytes;
    private final Queue<ReceivedMessage> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Thread current;
    private volatile Runnable whenRoomy = () -> {};

    Inbox(Executor threads, Consumer<ReceivedMessage> handling, long maxBytes) {
        this.threads = threads;
        this.handling = handling;
        this.maxBytes = maxBytes;
    }

    /** Takes a message, always; the sender is to be held up while the inbox {@linkplain #isFull is full}. */
    void add(ReceivedMessage message) {
        bytes.addAndGet(message.weight());
        waiting.add(message);
        if (count.getAndIncrement() == 0) {
            threads.execute(this);
        }
    }

    /** Says what to do, on the handling thread, when a full inbox has room again. */
    void whenRoomy(Runnable resume) {
        whenRoomy = resume;
    }

    boolean isFull() {
        return bytes.get() > maxBytes;
    }

    /** Whether there is room again for one that was held up. */
    boolean isRoomy() {
        return bytes.get() <= maxBytes / 2;
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether the caller is a handler that was called from here. */
    boolean isCurrent() {
        return Thread.currentThread() == current;
    }

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            current = Thread.currentThread();
            ReceivedMessage message = waiting.remove();
            try {
                handling.accept(message);
            } finally {
                current = null;
                release(message.weight());
                more = count.decrementAndGet() > 0;
            }
        }
    }

    private void release(long weight) {
        long left = bytes.addAndGet(-weight);
        if (left <= maxBytes / 2 && left + weight > maxBytes / 2) {
            whenRoomy.run();
        }
    }
}
