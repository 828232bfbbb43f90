package org.understudy.site.message;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.MessageHandler;
import org.understudy.Place;
import org.understudy.event.Subscription;

/** Who handles which topic at this site; the empty topic stands for all that have nobody of their own. */
final class Handlers {
    private final Place place;
    private final Map<String, MessageHandler> byTopic = new ConcurrentHashMap<>();

    Handlers(Place place) {
        this.place = place;
    }

    Subscription add(String topic, MessageHandler handler) {
        if (byTopic.putIfAbsent(topic, handler) != null) {
            throw new IllegalStateException("[" + place + "] "
                    + (topic.isEmpty()
                            ? "There is a handler for all messages"
                            : "Topic \"" + topic + "\" has a handler")
                    + " already: close its subscription first");
        }
        return () -> byTopic.remove(topic, handler);
    }

    Optional<MessageHandler> find(String topic) {
        MessageHandler own = byTopic.get(topic);
        return Optional.ofNullable(own == null ? byTopic.get("") : own);
    }
}
