package org.understudy.site.message;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.understudy.Channel;
import org.understudy.ChannelClosedException;
import org.understudy.ConfigOptions;
import org.understudy.Message;
import org.understudy.Place;
import org.understudy.backend.AnswerMessage;
import org.understudy.backend.Backend;
import org.understudy.backend.Destination;
import org.understudy.thread.Stage;

/** A channel of a subordinate: a destination, and what goes with each message. */
final class SubordinateChannel implements Channel {
    private final Place place;
    private final Supplier<Backend> backend;
    private final Parts parts;
    private final Destination destination;
    private final String topic;
    private final Duration timeout;
    private final ChannelLife life;
    private final Set<CompletableFuture<Message>> underWay;

    SubordinateChannel(Place place, Supplier<Backend> backend, Parts parts, Destination destination, Duration timeout) {
        this(place, backend, parts, destination, "", timeout, new ChannelLife(), ConcurrentHashMap.newKeySet());
    }

    private SubordinateChannel(
            Place place,
            Supplier<Backend> backend,
            Parts parts,
            Destination destination,
            String topic,
            Duration timeout,
            ChannelLife life,
            Set<CompletableFuture<Message>> underWay) {
        this.place = place;
        this.backend = backend;
        this.parts = parts;
        this.destination = destination;
        this.topic = topic;
        this.timeout = timeout;
        this.life = life;
        this.underWay = underWay;
    }

    @Override
    public Channel topic(String other) {
        String checked = SiteChannel.checked(other);
        return new SubordinateChannel(place, backend, parts, destination, checked, timeout, life, underWay);
    }

    @Override
    public Channel timeout(Duration other) {
        Duration checked = ConfigOptions.REQUEST_TIMEOUT.checked(other);
        return new SubordinateChannel(place, backend, parts, destination, topic, checked, life, underWay);
    }

    @Override
    public void send(Object... content) {
        checkOpen();
        backend.get().send(destination, topic, parts.encode("The message", content));
    }

    @Override
    public Message request(Object... content) {
        try {
            return begin(content).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public Message request(Duration other, Object... content) {
        return timeout(other).request(content);
    }

    @Override
    public CompletionStage<Message> requestAsync(Object... content) {
        try {
            return begin(content);
        } catch (RuntimeException e) {
            return Stage.failed(e);
        }
    }

    @Override
    public CompletionStage<Message> requestAsync(Duration other, Object... content) {
        try {
            return timeout(other).requestAsync(content);
        } catch (RuntimeException e) {
            return Stage.failed(e);
        }
    }

    private CompletableFuture<Message> begin(Object... content) {
        checkOpen();
        CompletionStage<AnswerMessage> asked =
                backend.get().ask(destination, topic, timeout, parts.encode("The request", content));
        CompletableFuture<Message> stage = new Stage<>();
        underWay.add(stage);
        asked.whenComplete((answer, failure) -> {
            underWay.remove(stage);
            if (failure == null) {
                stage.complete(new Content(answer.topic(), answer.sender(), answer.parts(), parts.codec()));
            } else {
                stage.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        if (life.isClosed()) {
            close();
        }
        return stage;
    }

    private void checkOpen() {
        if (life.isClosed()) {
            throw closed();
        }
    }

    private RuntimeException closed() {
        return new ChannelClosedException(place, "The channel is closed; open another one");
    }

    /** A request that is under way may still be handled; its answer is discarded. */
    @Override
    public void close() {
        life.close();
        underWay.forEach(stage -> stage.completeExceptionally(closed()));
        underWay.clear();
    }

    @Override
    public String toString() {
        return "channel to " + destination + (topic.isEmpty() ? "" : " on " + topic);
    }
}
