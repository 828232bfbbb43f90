package org.understudy.site.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.ReplicationListener;
import org.understudy.event.Subscription;

/** Tells the application's listeners of events, in order, on one thread of its own, so that none of them harms anybody else. */
public final class Dispatcher {
    private static final Logger LOGGER = System.getLogger(Dispatcher.class.getName());

    private final String environment;
    private final Worker worker;
    private final CopyOnWriteArrayList<Listening> listeners = new CopyOnWriteArrayList<>();

    /** The dispatcher of the environment with this name. */
    public Dispatcher(String environment) {
        this.environment = environment;
        this.worker = new Worker("understudy-" + environment + "-events");
    }

    /** Has a listener told of every event fired from now on. */
    public Subscription subscribe(ReplicationListener listener) {
        Listening listening = new Listening(listener);
        listeners.add(listening);
        return listening;
    }

    /** Queues an event for those who listen now. */
    public void fire(ReplicationEvent event) {
        if (!listeners.isEmpty()) {
            List<Listening> audience = List.copyOf(listeners);
            worker.submit(() -> audience.forEach(listening -> listening.tell(event)));
        }
    }

    /** Delivers what is queued, for at most so long, and ends. */
    public void close(Duration atMost) {
        if (!worker.close(atMost) && !worker.isCurrent()) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0311 environment " + environment + " closed while a listener was still busy after " + atMost
                            + "; the events behind it are not delivered");
            listeners.forEach(Listening::close);
        }
    }

    private final class Listening implements Subscription {
        private final ReplicationListener listener;
        private volatile boolean closed;

        Listening(ReplicationListener listener) {
            this.listener = listener;
        }

        void tell(ReplicationEvent event) {
            if (closed) {
                return;
            }
            try {
                listener.onEvent(event);
            } catch (Throwable e) {
                LOGGER.log(
                        Level.ERROR,
                        "USTDY-0312 environment " + environment + ": a listener failed on " + event
                                + "; the next event comes to it all the same",
                        e);
            }
        }

        @Override
        public void close() {
            closed = true;
            listeners.remove(this);
        }
    }
}
