package org.understudy.site;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.backend.RoleState;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;
import org.understudy.thread.LibraryThread;

/** The end of an environment: in order, once, and waited for by everybody who asks for it. */
final class Closing {
    /** How long listeners may take over the events that are still queued. */
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);

    private final EnvironmentConfig config;
    private final Usability usability;
    private final Storage storage;
    private final Dispatcher dispatcher;
    private final Site site;
    private final BooleanSupplier takenOver;
    private final LongConsumer beforeStorage;
    private final Messenger messenger;
    private boolean closed;
    private volatile Optional<Status> lastStatus = Optional.empty();

    /**
     * {@code takenOver} tells whether another process will take over, and {@code beforeStorage}, given the generation of which
     * this one was master to the last, is to be done when the site is closed and the storage is not.
     */
    Closing(
            EnvironmentConfig config,
            Usability usability,
            Storage storage,
            Dispatcher dispatcher,
            Site site,
            Messenger messenger,
            BooleanSupplier takenOver,
            LongConsumer beforeStorage) {
        this.takenOver = takenOver;
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
        RoleState last = site.role();
        site.close(takenOver.getAsBoolean());
        usability.end(
                () -> new EnvironmentClosedException(Place.of(config), "The environment is closed; open it anew"));
        lastStatus = Optional.of(site.status());
        beforeStorage.accept(last.role() == Role.MASTER ? last.generation() : 0);
        storage.close();
    }
}
