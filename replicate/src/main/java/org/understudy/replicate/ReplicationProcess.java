package org.understudy.replicate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.LocalStatus;
import org.understudy.ReplicationPanicException;
import org.understudy.UnavailableException;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.ReplicationEvent;

/** The environment from its opening to its closing: it is started, again and again until that succeeds, and watched. */
final class ReplicationProcess {
    private static final Logger LOGGER = System.getLogger(ReplicationProcess.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EnvironmentConfig config;
    private final CompletableFuture<ExitCode> told = new CompletableFuture<>();

    ReplicationProcess(EnvironmentConfig config) {
        this.config = config;
    }

    /** Has {@link #run} come to its end. Any thread may call. */
    void end(ExitCode how) {
        told.complete(how);
    }

    /** How it was told to end, if it was; else what is said here. */
    ExitCode codeOr(ExitCode unlessTold) {
        return told.getNow(unlessTold);
    }

    /** Replicates until it is told to end, or can't go on. */
    ExitCode run() throws InterruptedException {
        try (Environment environment = Environment.open(config)) {
            environment.subscribe(this::happened);
            LOGGER.log(
                    Level.INFO,
                    "USTDY-0601 process " + ProcessHandle.current().pid() + " replicates " + config.home() + " as site "
                            + config.localSite().orElseThrow());
            start(environment);
            while (!isToldWithin(LOOK)) {
                look(environment);
            }
            LOGGER.log(Level.INFO, "USTDY-0603 closing" + standing(environment));
        }
        LOGGER.log(Level.INFO, "USTDY-0604 closed");
        return told.join();
    }

    private boolean isToldWithin(Duration time) throws InterruptedException {
        try {
            told.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("how it ends is a code and nothing else", e);
        }
    }

    /** Where it stands; nothing where another process has the home, and can't tell. */
    private static String standing(Environment environment) {
        try {
            return " at " + environment.status().local().standing();
        } catch (UnavailableException e) {
            return "; " + e.getMessage();
        }
    }

    private void happened(ReplicationEvent event) {
        EventLog.log(event);
        if (event instanceof LocalSiteRemoved) {
            LOGGER.log(
                    Level.ERROR,
                    "USTDY-0605 this site was removed from the group: empty its home before it joins anew");
            end(ExitCode.FAILED);
        }
    }

    private void start(Environment environment) throws InterruptedException {
        while (!told.isDone()) {
            try {
                if (!isStarted(environment)) {
                    return;
                }
                LOGGER.log(
                        Level.INFO,
                        "USTDY-0611 started: " + environment.role() + ", master "
                                + environment.master().orElse("unknown"));
                return;
            } catch (UnavailableException e) {
                LOGGER.log(Level.WARNING, "USTDY-0606 not started yet, and tried again: " + e.getMessage());
            }
            isToldWithin(LOOK);
        }
    }

    /** Waits for the start, but not when it is told to end meanwhile: the attempt ends with the environment. */
    private boolean isStarted(Environment environment) {
        CompletableFuture<Void> start = environment.startAsync().toCompletableFuture();
        try {
            CompletableFuture.anyOf(told, start).join();
            return start.isDone();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void look(Environment environment) {
        try {
            environment.databaseNames();
            LocalStatus local = environment.status().local();
            if (!local.writable()) {
                LOGGER.log(
                        Level.ERROR,
                        "USTDY-0607 this site can't go on: a write failed; "
                                + local.reason().orElse("") + ". See to the disk, then start it again");
                end(ExitCode.FAILED);
            }
        } catch (ReplicationPanicException | EnvironmentCorruptedException e) {
            LOGGER.log(Level.ERROR, "USTDY-0607 this site can't go on: " + e.getMessage());
            end(ExitCode.FAILED);
        } catch (UnavailableException e) {
            LOGGER.log(Level.WARNING, "USTDY-0612 " + e.getMessage());
        }
    }
}
