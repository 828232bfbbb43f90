package org.understudy.sample.common.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.understudy.event.ReplicationEvent;

/** The last events of this site, newest first. */
@ApplicationScoped
public class EventLog {

    private static final int MOST_EVENTS = 60;

    /** How far back an event is looked for that says the same. */
    private static final int LOOKED_BACK = 3;

    private final Deque<LoggedEvent> events = new ArrayDeque<>();

    private long last;

    @Inject
    EventText text;

    synchronized void add(@Observes ReplicationEvent event) {
        News news = text.of(event);
        LoggedEvent entry =
                new LoggedEvent(++last, Instant.now(), event.getClass().getSimpleName(), news.tone(), news.text(), 1);
        Optional<LoggedEvent> before = events.stream()
                .limit(LOOKED_BACK)
                .filter(earlier -> earlier.isLike(entry))
                .findFirst();
        before.ifPresent(events::remove);
        events.addFirst(before.map(like -> like.repeated(entry)).orElse(entry));
        if (events.size() > MOST_EVENTS) {
            events.removeLast();
        }
    }

    /** They, as of now. */
    public synchronized List<LoggedEvent> newestFirst() {
        return List.copyOf(events);
    }
}
