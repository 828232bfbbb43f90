package org.understudy.site.message;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.understudy.Channel;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.net.MessageFrame.Cause;
import org.understudy.net.MessageFrame.NoAnswer;

/** Gives the messages that come to this site to their handlers: each sender's in order, different senders' side by side. */
final class Deliveries {
    private static final Logger LOGGER = System.getLogger(Deliveries.class.getName());
    private static final Duration LAST_HANDLERS = Duration.ofSeconds(5);
    private static final int FAILURE_TEXT = 1000;
    private static final int UNHANDLED_REMEMBERED = 256;

    private final Place place;
    private final Parts parts;
    private final MessageCounts counts;
    private final long maxWaitingBytes;
    private final Function<String, Channel> channels;
    private final Handlers handlers;
    private final HandlerThreads threads;
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> saidUnhandled = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** {@code channels} gives a channel to a site. */
    Deliveries(EnvironmentConfig config, Parts parts, MessageCounts counts, Function<String, Channel> channels) {
        this.place = Place.of(config);
        this.parts = parts;
        this.counts = counts;
        this.maxWaitingBytes = config.messageQueueBytes();
        this.channels = channels;
        this.handlers = new Handlers(place);
        this.threads = new HandlerThreads(place);
    }

    Handlers handlers() {
        return handlers;
    }

    Inbox inbox(String sender) {
        return inboxes.computeIfAbsent(sender, name -> new Inbox(threads, this::handle, maxWaitingBytes));
    }

    /** A message with its way back, that has come from a site. */
    ReceivedMessage received(String topic, String sender, List<byte[]> content, boolean request, AnswerPath path) {
        counts.received.increment();
        return new ReceivedMessage(place, topic, sender, content, parts, request, path, channels);
    }

    /** What waits for handlers. */
    long waitingBytes() {
        return inboxes.values().stream().mapToLong(Inbox::bytes).sum();
    }

    /** Begins no handler any more; waits for those that are busy, unless it is called from one. */
    void close() {
        closed = true;
        threads.close();
        if (inboxes.values().stream().noneMatch(Inbox::isCurrent)) {
            threads.await(LAST_HANDLERS);
        }
    }

    private void handle(ReceivedMessage message) {
        if (message.isOver()) {
            return;
        }
        try {
            if (closed) {
                message.failed(NoAnswer.because(Cause.CLOSING));
                return;
            }
            Optional<Handlers.Receiver> handler = handlers.find(message.topic());
            if (handler.isEmpty()) {
                unhandled(message);
            } else {
                handler.get().handle(message);
                message.handled();
            }
        } catch (Throwable e) {
            if (!message.isOver()) {
                LOGGER.log(Level.WARNING, "USTDY-0422 [" + place + "] a message handler failed on a " + message, e);
            }
            String text = String.valueOf(e);
            message.failed(
                    new NoAnswer(Cause.HANDLER_FAILED, text.substring(0, Math.min(FAILURE_TEXT, text.length())), 0, 0));
        }
    }

    private void unhandled(ReceivedMessage message) {
        counts.unhandled.increment();
        message.failed(NoAnswer.because(Cause.NO_HANDLER));
        if (saidUnhandled.size() < UNHANDLED_REMEMBERED
                && saidUnhandled.putIfAbsent(message.sender() + " " + message.topic(), true) == null) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0423 [" + place + "] nobody handles a " + message
                            + ": register a handler with onMessage; this is said once");
        }
    }
}
