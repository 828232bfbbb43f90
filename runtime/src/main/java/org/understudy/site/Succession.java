package org.understudy.site;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.understudy.ConfigOptions;
import org.understudy.EnvironmentConfig;
import org.understudy.InsufficientAcksException;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.backend.Backend;
import org.understudy.event.EventOrigin;
import org.understudy.event.PermFailed;
import org.understudy.event.TakeoverFailed;
import org.understudy.process.Attachment;
import org.understudy.process.RemoteBackend;
import org.understudy.site.message.SubordinateMessaging;
import org.understudy.site.thread.Dispatcher;
import org.understudy.thread.LibraryThread;
import org.understudy.thread.Stage;

/**
 * What serves a subordinate's handles: the process that has the home, whichever that is now, and this one itself once it has
 * taken the home over (protocol.md §11).
 */
final class Succession implements Serving {
    private static final Logger LOGGER = System.getLogger(Succession.class.getName());
    private static final Duration LAST_EVENTS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final EnvironmentConfig config;
    private final Dispatcher dispatcher;
    private final SubordinateMessaging throughHome;
    private final AtomicLong events = new AtomicLong();
    private Backend current;
    private Optional<OwnHome> own = Optional.empty();
    private Claim claim;
    private boolean started;
    private boolean served;
    private boolean closed;
    private String obstacle = "no process has it";

    /** Why this process could not take the home over when it had the lock. */
    private Optional<String> failure = Optional.empty();

    /** A subordinate of the process at the other end. */
    Succession(EnvironmentConfig config, Dispatcher dispatcher, Attachment attachment) {
        this.config = config;
        this.dispatcher = dispatcher;
        this.throughHome = new SubordinateMessaging(config, this);
        follow(attachment);
    }

    /** What serves now; waits where nobody does, up to {@code process-timeout}. */
    @Override
    public Backend get() {
        return within(ConfigOptions.PROCESS_TIMEOUT.key(), config.processTimeout(), false);
    }

    private synchronized Backend within(String setting, Duration timeout, boolean starts) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        while (!served && !closed) {
            if (starts && failure.isPresent()) {
                throw new UnavailableException(
                        Place.of(config), "The home could not be taken over: " + failure.get() + "; then try again");
            }
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new UnavailableException(
                        Place.of(config),
                        "No process that has the home was there within " + setting + ": " + failure.orElse(obstacle)
                                + "; try again");
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return current;
    }

    @Override
    public synchronized Messaging messaging() {
        return own.map(OwnHome::messaging).orElse(throughHome);
    }

    /** Who starts the environment may take the home over from then on, and at once if nobody has it. */
    @Override
    public CompletionStage<Void> start() {
        Optional<Backend> serving;
        synchronized (this) {
            started = true;
            claim = claim.byApplication();
            failure = Optional.empty();
            serving = served ? Optional.of(current) : Optional.empty();
        }
        if (serving.isPresent()) {
            return serving.get().start();
        }
        return Stage.completed(null)
                .thenComposeAsync(nothing -> within(ConfigOptions.JOIN_TIMEOUT.key(), config.joinTimeout(), true)
                        .start());
    }

    private void follow(Attachment attachment) {
        RemoteBackend home = new RemoteBackend(config, attachment, this::permFailed);
        throughHome.moveTo(home);
        follow(attachment, home);
    }

    private synchronized void follow(Attachment attachment, Backend home) {
        current = home;
        claim = Claim.NONE;
        served = !closed;
        notifyAll();
        if (closed) {
            attachment.close();
            return;
        }
        LOGGER.log(
                Level.INFO,
                "USTDY-0521 [" + place(attachment) + "] uses the home of process " + attachment.pid()
                        + ", whose configuration holds here");
        for (String overruled : attachment.overruledSettings()) {
            LOGGER.log(Level.WARNING, "USTDY-0525 [" + place(attachment) + "] " + overruled);
        }
        attachment.lost().thenAccept(why -> lost(attachment, why));
    }

    private Place place(Attachment attachment) {
        return new Place(config.name(), attachment.localSite());
    }

    private synchronized void lost(Attachment attachment, String why) {
        if (closed) {
            return;
        }
        served = false;
        claim = Claim.on(attachment, started, config.takeoverOnCrash());
        failure = Optional.empty();
        LOGGER.log(
                Level.WARNING,
                "USTDY-0522 [" + place(attachment) + "] process " + attachment.pid() + ", which had the home, is lost: "
                        + why);
        LibraryThread.create("understudy-" + config.name() + "-attach", () -> seek(attachment))
                .start();
    }

    /** Tries until somebody has the home, this process perhaps, or this environment is closed. */
    private void seek(Attachment last) {
        while (!isSettled()) {
            Optional<Attachment> next = attach();
            if (next.isPresent()) {
                follow(next.get());
            } else if (!mayTakeOver() || !takeOver(last)) {
                LockSupport.parkNanos(this, BETWEEN_TRIES.toNanos());
            }
        }
    }

    private synchronized boolean isSettled() {
        return served || closed;
    }

    private synchronized boolean mayTakeOver() {
        return claim.isDue(System.nanoTime());
    }

    private Optional<Attachment> attach() {
        boolean candidate;
        synchronized (this) {
            candidate = started;
        }
        try {
            return Attachment.to(config, LibraryThread::create, candidate);
        } catch (IOException | RuntimeException e) {
            hindered(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private synchronized void hindered(String by) {
        obstacle = by;
    }

    // ---- taking over ----

    private boolean takeOver(Attachment last) {
        HomeTakeover takeover = new HomeTakeover(last, dispatcher);
        Optional<OwnHome> taken;
        try {
            taken = takeover.attempt();
        } catch (RuntimeException e) {
            failed(last, String.valueOf(e.getMessage()));
            return false;
        }
        taken.ifPresent(home -> serve(home, takeover));
        return taken.isPresent();
    }

    private void serve(OwnHome home, HomeTakeover takeover) {
        boolean starts;
        throughHome.moveTo(home.messaging());
        synchronized (this) {
            starts = started && !closed;
            own = closed ? Optional.empty() : Optional.of(home);
            current = closed ? current : home.get();
            served = !closed;
            notifyAll();
            if (closed) {
                LibraryThread.create("understudy-" + config.name() + "-let-go", home::close)
                        .start();
            }
        }
        if (starts) {
            takeover.start(home, this::isClosed, reason -> failed(takeover.last(), reason));
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void failed(Attachment last, String reason) {
        synchronized (this) {
            claim = Claim.NONE;
            failure = Optional.of(reason);
            notifyAll();
        }
        LOGGER.log(Level.ERROR, "USTDY-0524 [" + place(last) + "] could not take the home over: " + reason);
        EventOrigin origin =
                new EventOrigin(config.name(), last.localSite(), last.mastership(), 0, events.incrementAndGet());
        dispatcher.fire(new TakeoverFailed(origin, reason));
    }

    /** The event for a commit of this process comes here (protocol.md §11). */
    private void permFailed(InsufficientAcksException failure) {
        EventOrigin origin = new EventOrigin(
                config.name(),
                failure.site(),
                failure.token().generation(),
                failure.token().lsn(),
                events.incrementAndGet());
        dispatcher.fire(new PermFailed(origin, failure.token(), failure.policy(), failure.ackedSites()));
    }

    /** Lets go; nobody else notices, unless it is this process that has the home. */
    @Override
    public void close() {
        Backend last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = current;
            notifyAll();
        }
        last.close();
        dispatcher.close(LAST_EVENTS);
    }
}
