package org.understudy.process;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.backend.Delivery;
import org.understudy.event.Subscription;
import org.understudy.process.Messages.Told;

/**
 * The handlers of a subordinate at the process that has the home, which passes messages on over the line: one sender's one
 * after the other, the next when this one is handled.
 */
final class RemoteHandlers {
    private static final Logger LOGGER = System.getLogger(RemoteHandlers.class.getName());
    private static final long IDLE_SECONDS = 10;
    private static final int FAILURE_TEXT = 1000;

    private final Place place;
    private final Attachment attachment;
    private final ThreadPoolExecutor threads;
    private final Map<Long, DeliveryHandler> handlers = new ConcurrentHashMap<>();

    RemoteHandlers(Place place, Attachment attachment, Threads threads) {
        this.place = place;
        this.attachment = attachment;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> threads.create("understudy-" + place.environment() + "-messages", task),
                // What comes when the line ends is not handled; the other end tells the sender so.
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Registers one, and returns once messages may come. */
    Subscription add(String topic, DeliveryHandler handler, Supplier<RuntimeException> ifLost) {
        long registration = attachment.nextNumber();
        handlers.put(registration, handler);
        try {
            await(attachment.run(attachment.nextNumber(), new Errand.Handle(registration, topic), ifLost));
        } catch (RuntimeException e) {
            handlers.remove(registration);
            throw e;
        }
        return () -> remove(registration);
    }

    private void remove(long registration) {
        try {
            await(run(new Errand.HandleNoMore(registration)));
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.DEBUG, () -> "USTDY-0541 [" + place + "] a handler's registration went with its line: " + e);
        } finally {
            handlers.remove(registration);
        }
    }

    /** A message has come on the line. */
    void take(Told.Delivered delivered) {
        threads.execute(() -> handle(delivered));
    }

    private void handle(Told.Delivered delivered) {
        DeliveryHandler handler = handlers.get(delivered.registration());
        Delivery message = delivered.message();
        boolean later = false;
        Optional<String> failure = Optional.empty();
        try {
            later = handler != null
                    && handler.handle(message, parts -> await(run(new Errand.ReplyTo(delivered.number(), parts))));
        } catch (Throwable e) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0542 [" + place + "] a message handler failed on a message from " + message.sender()
                            + (message.topic().isEmpty() ? "" : " on " + message.topic()),
                    e);
            String text = String.valueOf(e);
            failure = Optional.of(text.substring(0, Math.min(FAILURE_TEXT, text.length())));
        }
        run(new Errand.Handled(delivered.number(), later, failure));
    }

    private <R> CompletableFuture<R> run(Errand<R> errand) {
        return attachment.run(attachment.nextNumber(), errand, this::gone);
    }

    private RuntimeException gone() {
        return new UnavailableException(
                place,
                false,
                "Process " + attachment.pid()
                        + ", which had the home and brought the message, is gone: nobody waits for"
                        + " an answer any more");
    }

    private static void await(CompletableFuture<?> answer) {
        try {
            answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Begins no handler any more. */
    void close() {
        threads.shutdown();
    }
}
