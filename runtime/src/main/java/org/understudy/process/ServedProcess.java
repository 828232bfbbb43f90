package org.understudy.process;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.understudy.EnvironmentClosedException;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.backend.Backend;
import org.understudy.backend.BackendTransaction;
import org.understudy.log.MalformedValueException;
import org.understudy.process.Messages.Told;

/**
 * One subordinate as the process that has the home knows it: its line, on which errands are asked and answered, and its
 * connections for calls. It ends with the line, and whatever it had open ends with it; nobody else notices.
 */
final class ServedProcess {
    private final SubordinateServer server;
    private final Greeting greeting;
    private final Wire line;
    private final LinkedBlockingQueue<Told> toTell = new LinkedBlockingQueue<>();
    private final Map<Long, BackendTransaction> begun = new ConcurrentHashMap<>();
    private final Set<Wire> calls = ConcurrentHashMap.newKeySet();
    private final ServedHandlers handlers;
    private final CountDownLatch over = new CountDownLatch(1);
    private final long arrival;
    private volatile boolean started;
    private volatile boolean ended;

    /** {@code arrival} numbers those who came, in order. */
    ServedProcess(SubordinateServer server, Greeting greeting, Wire line, long arrival) {
        this.arrival = arrival;
        this.started = greeting.candidate();
        this.server = server;
        this.greeting = greeting;
        this.line = line;
        this.handlers = new ServedHandlers(server.reception(), this::tell);
    }

    Greeting greeting() {
        return greeting;
    }

    long arrival() {
        return arrival;
    }

    /** Whether its application has started the site, so that it may take the home over. */
    boolean hasStarted() {
        return started;
    }

    void started() {
        started = true;
        server.countCandidates();
    }

    Backend backend() {
        return server.backend();
    }

    ServedHandlers handlers() {
        return handlers;
    }

    private Place place() {
        return server.place();
    }

    // ---- the line ----

    /** Hears the errands until the line ends; on a thread of its own. */
    void listen() {
        try {
            while (true) {
                Messages.Asked asked = Messages.asked(line.take());
                begin(asked);
            }
        } catch (IOException e) {
            left(line, e.getMessage());
        } catch (MalformedValueException e) {
            misunderstood(e);
        } finally {
            end();
        }
    }

    private void begin(Messages.Asked asked) {
        CompletionStage<?> stage;
        try {
            stage = asked.errand().begin(this);
        } catch (RuntimeException e) {
            tell(asked.number(), Messages.failure(explained(e)));
            return;
        }
        tellWhenDone(asked.number(), asked.errand().getClass(), stage);
    }

    private void tellWhenDone(long number, Class<?> question, CompletionStage<?> stage) {
        stage.whenComplete((result, failure) -> tell(
                number, failure == null ? Messages.result(question, result) : Messages.failure(explained(failure))));
    }

    private void tell(long number, byte[] answer) {
        tell(new Told.Answered(number, answer));
    }

    void tell(Told told) {
        toTell.add(told);
    }

    /** The last it is told. */
    void leave(Told.Leaving leaving) {
        tell(leaving);
    }

    /** Waits until it was told the last, or for so long, and ends it. */
    void awaitEnd(long deadlineNanos) {
        try {
            if (!over.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                left(line, "it did not listen when this process left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Writes what there is to tell, until the line ends; on a thread of its own. */
    void speak() {
        try {
            while (!ended) {
                Told next = toTell.poll(ProcessLimits.BEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    next = new Told.Beat();
                }
                boolean last = false;
                while (next != null) {
                    line.put(Messages.told(next));
                    last |= next instanceof Told.Leaving;
                    next = toTell.poll();
                }
                line.flush();
                if (last) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            left(line, e.getMessage());
        } finally {
            end();
        }
    }

    // ---- transactions that pass between the line and a connection ----

    /** Keeps one that an errand began. */
    void keep(long number, BackendTransaction transaction) {
        begun.put(number, transaction);
        if (ended) {
            closeBegun();
        }
    }

    /** Hands it out. */
    BackendTransaction begun(long number) {
        BackendTransaction transaction = begun.remove(number);
        if (transaction == null) {
            throw new IllegalStateException("no transaction was begun under number " + number);
        }
        return transaction;
    }

    /** Commits one, and tells the outcome on the line. */
    void settle(long number, BackendTransaction transaction) {
        CompletionStage<?> stage;
        try {
            stage = transaction.commitStaged();
        } catch (RuntimeException e) {
            transaction.close();
            throw e;
        }
        tellWhenDone(number, Request.Commit.class, stage.whenComplete((token, failure) -> transaction.close()));
    }

    private void closeBegun() {
        begun.keySet().forEach(number -> {
            BackendTransaction left = begun.remove(number);
            if (left != null) {
                left.close();
            }
        });
    }

    // ---- its connections ----

    /** Takes a connection for calls. */
    void add(Wire call) {
        calls.add(call);
        if (ended) {
            call.close();
        }
    }

    /** A connection of it has ended. */
    void left(Wire wire, String why) {
        calls.remove(wire);
        if (wire == line) {
            server.left(this, why);
        }
    }

    /** It says what makes no sense, which no process of this version does. */
    void misunderstood(MalformedValueException why) {
        server.misunderstood(this, why);
        end();
    }

    /** For the one who asked, who is not closed himself. */
    RuntimeException explained(Throwable failure) {
        Throwable cause = Messages.cause(failure);
        if (cause instanceof EnvironmentClosedException) {
            return new UnavailableException(
                    place(), "The process that had the home is closing and took nothing more; try again", cause);
        }
        return Messages.plain(cause);
    }

    /** Ends everything it has here. */
    void end() {
        ended = true;
        line.close();
        calls.forEach(Wire::close);
        closeBegun();
        handlers.end();
        over.countDown();
        server.gone(this);
    }
}
