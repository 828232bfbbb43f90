package org.understudy.sample.common.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.understudy.ReplicationException;
import org.understudy.sample.common.group.EventLog;
import org.understudy.sample.common.group.Neighbourhood;

/**
 * Keeps every open page up to date, by Server-Sent Events: the group, its events and the sample's own topics, each when it
 * has changed, and a beat in between by which a page knows that this site is alive.
 */
@ApplicationScoped
class LiveFeed {

    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());
    private static final long PERIOD_MILLIS = 250;
    private static final String BEAT = "event: beat\ndata: \n\n";

    private final Set<HttpServerResponse> pages = ConcurrentHashMap.newKeySet();
    private final Map<String, String> latest = new ConcurrentHashMap<>();
    private final AtomicBoolean composing = new AtomicBoolean();

    @Inject
    Vertx vertx;

    @Inject
    Jsonb json;

    @Inject
    Instance<LiveTopic> topics;

    @Inject
    Neighbourhood neighbourhood;

    @Inject
    EventLog events;

    void start(@Observes Startup event) {
        vertx.setPeriodic(PERIOD_MILLIS, timer -> {
            if (!pages.isEmpty() && composing.compareAndSet(false, true)) {
                vertx.executeBlocking(this::compose).onComplete(done -> composing.set(false));
            }
        });
    }

    /** Serves one page until it goes away. */
    void open(HttpServerResponse page) {
        page.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .closeHandler(gone -> pages.remove(page))
                .exceptionHandler(broken -> pages.remove(page));
        page.write("retry: 1000\n\n");
        latest.values().forEach(page::write);
        pages.add(page);
    }

    /** Reading may wait while data is being replaced, so this runs on a worker. */
    private Void compose() {
        send("group", neighbourhood.group());
        send("events", events.newestFirst());
        topics.forEach(this::send);
        broadcast(BEAT);
        return null;
    }

    private void send(LiveTopic topic) {
        try {
            send(topic.name(), topic.value());
        } catch (ReplicationException e) {
            LOG.log(Level.WARNING, "The pages get no " + topic.name() + " for now: " + e.getMessage());
        }
    }

    private void send(String topic, Object value) {
        String message = "event: " + topic + "\ndata: " + json.toJson(value) + "\n\n";
        if (!message.equals(latest.put(topic, message))) {
            broadcast(message);
        }
    }

    /** A page that doesn't keep up gets the next state instead of every state. */
    private void broadcast(String message) {
        pages.stream().filter(page -> !page.writeQueueFull()).forEach(page -> page.write(message));
    }
}
