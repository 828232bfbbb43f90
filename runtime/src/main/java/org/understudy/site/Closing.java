package org.understudy.site;

import java.time.Duration;
import java.util.Optional;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.Status;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;
import org.understudy.site.thread.LibraryThread;

/** The end of an environment: in order, once, and waited for by everybody who asks for it. */
final class Closing {
    /** How long listeners may take over the events that are still queued. */
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);

    private final EnvironmentConfig config;
    private final Usability usability;
    private final Storage storage;
    private final Dispatcher dispatcher;
    private final Site site;
    private final Runnable beforeStorage;
    private final Messenger messenger;
    private boolean closed;
    private volatile Optional<Status> lastStatus = Optional.empty();

    /** {@code beforeStorage} is to be done when the site is closed and the storage is not. */
    Closing(
            EnvironmentConfig config,
            Usability usability,
            Storage storage,
            Dispatcher dispatcher,
            Site site,
            Messenger messenger,
            Runnable beforeStorage) {
        this.config = config;
        this.usability = usability;
        this.storage = storage;
        this.dispatcher = dispatcher;
        this.site = site;
        this.beforeStorage = beforeStorage;
        this.messenger = messenger;
    }

    /** How the site stood when it was closed, once it is. */
    Optional<Status> lastStatus() {
        return lastStatus;
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            messenger.close();
            LibraryThread.run("understudy-" + config.name() + "-close", this::end);
        } finally {
            dispatcher.close(LAST_EVENTS);
        }
    }

    private void end() {
        site.close();
        usability.end(
                () -> new EnvironmentClosedException(Place.of(config), "The environment is closed; open it anew"));
        lastStatus = Optional.of(site.status());
        beforeStorage.run();
        storage.close();
    }
}
