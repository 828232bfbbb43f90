package org.understudy.site.message;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.Place;
import org.understudy.event.Subscription;

/** Who handles which topic at this site, in whichever process; the empty topic stands for all that have nobody of their own. */
final class Handlers {
    private final Place place;
    private final Map<String, Receiver> byTopic = new ConcurrentHashMap<>();

    /** A handler, in this process or another of its home. */
    @FunctionalInterface
    interface Receiver {
        void handle(ReceivedMessage message) throws Exception;
    }

    Handlers(Place place) {
        this.place = place;
    }

    Subscription add(String topic, Receiver handler) {
        if (byTopic.putIfAbsent(topic, handler) != null) {
            throw new IllegalStateException("[" + place + "] "
                    + (topic.isEmpty()
                            ? "There is a handler for all messages"
                            : "Topic \"" + topic + "\" has a handler")
                    + " already, in this process or another of its home: close its subscription first");
        }
        return () -> byTopic.remove(topic, handler);
    }

    Optional<Receiver> find(String topic) {
        Receiver own = byTopic.get(topic);
        return Optional.ofNullable(own == null ? byTopic.get("") : own);
    }
}
