package org.understudy.site.message;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.understudy.Message;
import org.understudy.net.MessageLine;
import org.understudy.thread.Stage;

/** A request that waits for its answer. */
final class PendingRequest {
    private final long number;
    private final ChannelLife life;
    private final String target;
    private final String topic;
    private final Optional<MessageLine> line;
    private final boolean staged;
    private final CompletableFuture<Message> outcome = new Stage<>();
    private volatile Runnable withdrawal = () -> {};
    private volatile Future<?> timer;

    /**
     * One that goes by this line, empty to this site itself; {@code staged} if whatever depends on its end must not run on
     * the thread that ends it.
     */
    PendingRequest(
            long number, ChannelLife life, String target, String topic, Optional<MessageLine> line, boolean staged) {
        this.number = number;
        this.life = life;
        this.target = target;
        this.topic = topic;
        this.line = line;
        this.staged = staged;
    }

    long number() {
        return number;
    }

    ChannelLife life() {
        return life;
    }

    String target() {
        return target;
    }

    String topic() {
        return topic;
    }

    Optional<MessageLine> line() {
        return line;
    }

    /** This timer ends it, if nothing else does. */
    CompletionStage<Message> endedBy(Future<?> endsIt) {
        timer = endsIt;
        if (outcome.isDone()) {
            endsIt.cancel(false);
        }
        return outcome.copy();
    }

    /** Says how to tell the other end that nobody waits any more. */
    void withdrawnBy(Runnable telling) {
        withdrawal = telling;
    }

    /** The other end need not go on, and is told when it answers all the same. */
    void withdraw() {
        withdrawal.run();
    }

    void complete(Message answer) {
        settle(() -> outcome.complete(answer));
    }

    void fail(RuntimeException why) {
        settle(() -> outcome.completeExceptionally(why));
    }

    /**
     * Waits for the outcome.
     *
     * @return false if there is none after this time; an interrupt is kept for afterwards
     */
    boolean await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    outcome.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return true;
                } catch (TimeoutException e) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the request ended with, once it has. */
    CompletionStage<Message> outcome() {
        return outcome;
    }

    private void settle(Runnable end) {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        if (staged) {
            outcome.defaultExecutor().execute(end);
        } else {
            end.run();
        }
    }
}
