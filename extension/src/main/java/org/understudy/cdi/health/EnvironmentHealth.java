package org.understudy.cdi.health;

import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.LocalStatus;
import org.understudy.ReplicationException;
import org.understudy.Status;
import org.understudy.cdi.config.HealthConfig;
import org.understudy.cdi.mastership.MasterOnlyCounts;

/**
 * How an environment is, and whether that is well.
 *
 * @param name the environment
 * @param status its status; empty before it is opened, and when it can't be had
 * @param silence why it can't be had now, though the environment is open
 * @param unusable why it can never be used again, if so; a disk that refuses writes does not count
 * @param joinFailure why its last attempt to join the group failed, if it did
 * @param masterOnly what became of its calls that run on the master only; empty if the application has none
 */
public record EnvironmentHealth(
        String name,
        Optional<Status> status,
        Optional<String> silence,
        Optional<String> unusable,
        Optional<String> joinFailure,
        Optional<MasterOnlyCounts> masterOnly) {

    private static final String NOT_OPEN = "not open: the application is starting or stopping";

    /** One that is not open. */
    public static EnvironmentHealth notOpen(String name) {
        return new EnvironmentHealth(
                name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * One that is asked now. Where another process has its home, and is going, nobody may answer for a while: that is no
     * reason to kill this one, which may be the next to have it (protocol.md §11).
     *
     * @param unusable finds out why it can never be used again; not asked if there is no status
     */
    public static EnvironmentHealth ask(
            String name,
            Supplier<Status> status,
            Supplier<Optional<String>> unusable,
            Optional<String> joinFailure,
            Optional<MasterOnlyCounts> masterOnly) {
        try {
            return new EnvironmentHealth(
                    name, Optional.of(status.get()), Optional.empty(), unusable.get(), joinFailure, masterOnly);
        } catch (ReplicationException e) {
            Optional<String> why = Optional.of(e.getMessage());
            return new EnvironmentHealth(
                    name, Optional.empty(), why, e.isRetriable() ? Optional.empty() : why, joinFailure, masterOnly);
        }
    }

    /**
     * Why it should be killed and started again, if it should. A disk that refuses writes is no reason (protocol.md
     * §2.4): it would refuse them after a restart too, and until then reads go on.
     */
    Optional<String> liveness() {
        return unusable.or(
                () -> local().filter(local -> !local.responsive()).map(local -> "its threads do not answer"));
    }

    /** Why it should get no requests now, if it should not. */
    Optional<String> readiness(HealthConfig config) {
        if (local().isEmpty()) {
            return silence.or(() -> Optional.of(NOT_OPEN));
        }
        LocalStatus local = local().get();
        if (!local.ready()) {
            return Optional.of(local.reason().orElse("not ready")
                    + joinFailure
                            .map(failure -> "; the last attempt to join failed: " + failure)
                            .orElse(""));
        }
        return Optional.of(local.lagRecords())
                .filter(lag -> lag > config.maxLagRecords())
                .map(lag -> lag + " records behind the master, more than understudy.health.max-lag = "
                        + config.maxLagRecords());
    }

    /** Why it has not been ready even once yet, if it has not. */
    Optional<String> startup(HealthConfig config) {
        boolean started = local().filter(LocalStatus::startedOnce).isPresent();
        return started ? Optional.empty() : readiness(config).or(() -> Optional.of("not ready yet"));
    }

    private Optional<LocalStatus> local() {
        return status.map(Status::local);
    }
}
