package org.understudy.site.message;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.Channel;
import org.understudy.ConfigOptions;
import org.understudy.Message;
import org.understudy.thread.Stage;

/** A channel as the application holds it: a target, and what goes with each message. */
final class SiteChannel implements Channel {
    private static final int TOPIC_LENGTH = 255;

    private final Messenger messenger;
    private final ChannelLife life;
    private final Target target;
    private final String topic;
    private final Duration timeout;

    SiteChannel(Messenger messenger, ChannelLife life, Target target, String topic, Duration timeout) {
        this.messenger = messenger;
        this.life = life;
        this.target = target;
        this.topic = topic;
        this.timeout = timeout;
    }

    /** Refuses what is no topic. */
    static String checked(String topic) {
        if (topic.length() > TOPIC_LENGTH) {
            throw new IllegalArgumentException("a topic of " + topic.length() + " characters; it has at most "
                    + TOPIC_LENGTH + ": \"" + topic + "\"");
        }
        return topic;
    }

    @Override
    public Channel topic(String other) {
        return new SiteChannel(messenger, life, target, checked(other), timeout);
    }

    @Override
    public Channel timeout(Duration other) {
        return new SiteChannel(messenger, life, target, topic, ConfigOptions.REQUEST_TIMEOUT.checked(other));
    }

    @Override
    public void send(Object... parts) {
        messenger.send(life, target, topic, parts);
    }

    @Override
    public Message request(Object... parts) {
        return messenger.request(life, target, topic, timeout, parts);
    }

    @Override
    public Message request(Duration other, Object... parts) {
        return messenger.request(life, target, topic, ConfigOptions.REQUEST_TIMEOUT.checked(other), parts);
    }

    @Override
    public CompletionStage<Message> requestAsync(Object... parts) {
        return attempt(() -> messenger.requestAsync(life, target, topic, timeout, parts));
    }

    @Override
    public CompletionStage<Message> requestAsync(Duration other, Object... parts) {
        return attempt(() -> timeout(other).requestAsync(parts));
    }

    private static CompletionStage<Message> attempt(Supplier<CompletionStage<Message>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return Stage.failed(e);
        }
    }

    @Override
    public void close() {
        messenger.close(life);
    }

    @Override
    public String toString() {
        return "channel to " + target + (topic.isEmpty() ? "" : " on " + topic);
    }
}
