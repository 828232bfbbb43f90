package org.understudy.site;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentLockedException;
import org.understudy.Place;
import org.understudy.StorageKind;
import org.understudy.process.Attachment;
import org.understudy.process.RefusedException;
import org.understudy.site.thread.Dispatcher;
import org.understudy.thread.LibraryThread;

/** Opens an environment: takes its home, or goes through the process that has it (protocol.md §11). */
final class Opening {
    private static final long BETWEEN_TRIES_NANOS = 20_000_000;

    private final EnvironmentConfig config;
    private final boolean shared;
    private final long deadlineNanos;

    Opening(EnvironmentConfig config) {
        this.config = config;
        this.shared = config.subordinates() && config.storage() == StorageKind.DISK;
        this.deadlineNanos = System.nanoTime() + config.processTimeout().toNanos();
    }

    /** Opens it; while the one that has the home is about to come or to go, again and again for {@code process-timeout}. */
    Environment run() {
        while (true) {
            try {
                return withHome();
            } catch (EnvironmentLockedException e) {
                Optional<Environment> attached = shared ? attached(e) : Optional.empty();
                if (attached.isPresent()) {
                    return attached.get();
                } else if (!shared || System.nanoTime() - deadlineNanos >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(this, BETWEEN_TRIES_NANOS);
            }
        }
    }

    private Environment withHome() {
        Dispatcher dispatcher = new Dispatcher(config.name());
        return new SiteEnvironment(config, dispatcher, OwnHome.take(config, dispatcher));
    }

    private Optional<Environment> attached(EnvironmentLockedException locked) {
        try {
            return Attachment.to(config, LibraryThread::create, false).map(this::through);
        } catch (RefusedException e) {
            throw new EnvironmentLockedException(
                    Place.of(config),
                    "the home " + config.home() + " is in use by another process, and this one is not let in: "
                            + e.getMessage(),
                    locked);
        } catch (IOException e) {
            locked.addSuppressed(e);
            return Optional.empty();
        }
    }

    private Environment through(Attachment attachment) {
        Dispatcher dispatcher = new Dispatcher(config.name());
        Succession succession = new Succession(config, dispatcher, attachment);
        return new SiteEnvironment(config, dispatcher, succession);
    }
}
