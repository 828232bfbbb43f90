package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentLockedException;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.process.Attachment;
import org.understudy.site.thread.Dispatcher;
import org.understudy.thread.Stage;

/** One process's taking a home over from another: it opens what that one had, set up as that was, and starts it. */
final class HomeTakeover {
    private static final Logger LOGGER = System.getLogger(HomeTakeover.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Attachment last;
    private final Dispatcher dispatcher;
    private final EnvironmentConfig config;

    HomeTakeover(Attachment last, Dispatcher dispatcher) {
        this.last = last;
        this.dispatcher = dispatcher;
        this.config = last.inherited();
    }

    Attachment last() {
        return last;
    }

    /** The home, unless another process has it. */
    Optional<OwnHome> attempt() {
        try {
            OwnHome home = OwnHome.takeOver(config, dispatcher, last.mastership());
            LOGGER.log(
                    Level.INFO,
                    "USTDY-0523 [" + Place.of(config) + "] took the home over from process " + last.pid()
                            + (last.mastership() > 0 ? ", master of generation " + last.mastership() : ""));
            return Optional.of(home);
        } catch (EnvironmentLockedException e) {
            return Optional.empty();
        }
    }

    /** Takes its place in the group, again and again until it has it; {@code failed} is told if it never will. */
    void start(OwnHome home, BooleanSupplier closed, Consumer<String> failed) {
        home.get().start().whenComplete((done, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (failure == null || closed.getAsBoolean()) {
                return;
            }
            if (cause instanceof UnavailableException) {
                Stage.after(PAUSE).thenRun(() -> start(home, closed, failed));
            } else {
                failed.accept(String.valueOf(cause.getMessage()));
            }
        });
    }
}
