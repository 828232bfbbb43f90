package org.understudy.sample.common.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.ReplicationException;
import org.understudy.sample.common.Chores;
import org.understudy.sample.common.group.EventLog;
import org.understudy.sample.common.group.Neighbourhood;

/**
 * Keeps every open page up to date: the group, its events and the sample's own topics, each when it has changed, and a
 * beat in between by which a page knows that this site is alive.
 */
@ApplicationScoped
public class LiveFeed {

    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());
    private static final long PERIOD_MILLIS = 250;

    private final Set<FedPage> pages = ConcurrentHashMap.newKeySet();

    @Inject
    Chores chores;

    @Inject
    Jsonb json;

    @Inject
    Instance<LiveTopic> topics;

    @Inject
    Neighbourhood neighbourhood;

    @Inject
    EventLog events;

    void start(@Observes Startup event) {
        chores.every(PERIOD_MILLIS, this::feed);
    }

    /** Feeds a page from now on until it is gone. */
    public void open(OpenPage page) {
        pages.add(new FedPage(page));
    }

    /** Reading may wait while data is being replaced. */
    private void feed() {
        pages.removeIf(FedPage::isGone);
        if (!pages.isEmpty()) {
            Map<String, String> now = compose();
            pages.forEach(page -> page.show(now));
        }
    }

    private Map<String, String> compose() {
        Map<String, String> now = new LinkedHashMap<>();
        now.put("group", json.toJson(neighbourhood.group()));
        now.put("events", json.toJson(events.newestFirst()));
        for (LiveTopic topic : topics) {
            try {
                now.put(topic.name(), json.toJson(topic.value()));
            } catch (ReplicationException e) {
                LOG.log(Level.WARNING, "The pages get no " + topic.name() + " for now: " + e.getMessage());
            }
        }
        return now;
    }
}
