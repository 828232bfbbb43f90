package org.understudy.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.understudy.backend.Reception;
import org.understudy.backend.Reception.Received;
import org.understudy.event.Subscription;
import org.understudy.process.Messages.Told;
import org.understudy.thread.Stage;

/**
 * The handlers of one subordinate as the process that has the home knows them, and the messages they have not done with. The
 * thread that brings a message waits until it is handled there, so order and back-pressure are those of handlers here.
 */
final class ServedHandlers {
    private final Reception reception;
    private final Consumer<Told> line;
    private final Map<Long, Subscription> registrations = new ConcurrentHashMap<>();
    private final Map<Long, Passed> passed = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean ended;

    /** A message that was passed on; {@code handled} tells what the handler failed with, if it did. */
    private record Passed(Received message, CompletableFuture<Optional<String>> handled, boolean answered) {}

    /** {@code line} takes what the subordinate is to be told. */
    ServedHandlers(Reception reception, Consumer<Told> line) {
        this.reception = reception;
        this.line = line;
    }

    /** It handles a topic from now on. */
    void add(long registration, String topic) {
        registrations.put(registration, reception.receive(topic, message -> pass(registration, message)));
        closeIfEnded();
    }

    /** It handles that no more. */
    void remove(long registration) {
        Subscription subscription = registrations.remove(registration);
        if (subscription != null) {
            subscription.close();
        }
    }

    private void pass(long registration, Received message) throws HandlerFailure {
        long number = numbers.incrementAndGet();
        CompletableFuture<Optional<String>> handled = new Stage<>();
        passed.put(number, new Passed(message, handled, false));
        line.accept(new Told.Delivered(registration, number, message.content()));
        closeIfEnded();
        Optional<String> failure = handled.join();
        if (failure.isPresent()) {
            throw new HandlerFailure(failure.get());
        }
    }

    /** Its handler has returned, or failed. */
    void handled(long number, boolean later, Optional<String> failure) {
        Passed done = passed(number);
        if (later && failure.isEmpty() && !done.answered()) {
            done.message().replyLater();
            done.message().whenWithdrawn(() -> passed.remove(number));
        } else {
            passed.remove(number);
        }
        done.handled().complete(failure);
    }

    /** It answers. */
    void reply(long number, List<byte[]> parts) {
        Passed asked = passed(number);
        if (asked.handled().isDone()) {
            passed.remove(number);
        } else {
            // Its handler is busy still, and says when it has done.
            passed.replace(number, new Passed(asked.message(), asked.handled(), true));
        }
        asked.message().reply(parts);
    }

    private Passed passed(long number) {
        Passed found = passed.get(number);
        if (found == null) {
            throw new IllegalStateException(
                    "This request is over: it has been answered, its sender waits no longer, or its"
                            + " handler returned without an answer and without replyLater()");
        }
        return found;
    }

    /** The subordinate is gone: what it has not answered never will be (protocol.md §11). */
    void end() {
        ended = true;
        closeIfEnded();
    }

    private void closeIfEnded() {
        if (!ended) {
            return;
        }
        registrations.keySet().forEach(this::remove);
        passed.keySet().forEach(number -> {
            Passed left = passed.remove(number);
            if (left != null) {
                left.message().abandon();
                left.handled().complete(Optional.empty());
            }
        });
    }
}
