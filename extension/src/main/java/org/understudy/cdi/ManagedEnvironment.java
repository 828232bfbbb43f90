package org.understudy.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.DatabaseFilter;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.PartCodec;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.StorageKind;
import org.understudy.WriteFailedException;
import org.understudy.cdi.health.EnvironmentHealth;
import org.understudy.cdi.mastership.MasterOnlyCounts;
import org.understudy.cdi.telemetry.Measured;
import org.understudy.event.Takeover;
import org.understudy.spi.SurroundingTransactions;

/** One environment through the life of an application. */
final class ManagedEnvironment {

    private static final Logger LOG = System.getLogger(ManagedEnvironment.class.getName());

    private final EnvironmentConfig config;
    private volatile Optional<Opened> opened = Optional.empty();

    ManagedEnvironment(EnvironmentConfig config) {
        this.config = config;
    }

    String name() {
        return config.name();
    }

    /**
     * Opens it; it is to be closed even if that fails. Every event goes to the delivery, from the first, and so do messages; the filter says which databases a
     * view holds that isn't configured to hold certain ones; calls join the transactions that surround them.
     */
    void open(
            EventDelivery delivery,
            MessageDelivery messages,
            PartCodec parts,
            Optional<DatabaseFilter> filter,
            Optional<SurroundingTransactions> transactions) {
        boolean asks = config.view() && config.viewDatabases().isEmpty();
        EnvironmentConfigBuilder complete = config.toBuilder().partCodec(parts);
        filter.filter(bean -> asks).ifPresent(complete::databaseFilter);
        transactions.ifPresent(complete::surroundingTransactions);
        GroupCreators.Claim claim = GroupCreators.claim(config);
        Environment environment;
        try {
            environment = Environment.open(complete.build());
        } catch (RuntimeException | Error e) {
            claim.close();
            throw e;
        }
        opened = Optional.of(new Opened(environment, new Joiner(environment, Joiner.FIRST_PAUSE), delivery, claim));
        environment.subscribe(delivery);
        messages.handleThoseOf(environment);
        environment.subscribe(event -> {
            if (event instanceof Takeover) {
                messages.handleThoseOf(environment);
            }
        });
        Object where = config.storage() == StorageKind.MEMORY ? "memory" : config.home();
        LOG.log(Level.INFO, "USTDY-0811 [{0}] environment opened in {1}", Place.of(config), where);
    }

    /** Has it join its group, in the background, if it has one; else lets it take the home over from another process. */
    void join() {
        if (config.localSite().isPresent()) {
            opened.ifPresent(parts -> parts.joiner().start());
        } else {
            opened.ifPresent(parts -> parts.environment().start());
        }
    }

    /**
     * The environment, open or closed.
     *
     * @throws IllegalStateException if it has never been open
     */
    Environment environment() {
        return opened.map(Opened::environment)
                .orElseThrow(() -> new IllegalStateException("The environment " + name()
                        + " is not open: it opens once the application context is up, and the application is stopping"
                        + " or could not be started"));
    }

    /** It, for metrics. */
    Measured measured(Supplier<Optional<MasterOnlyCounts>> masterOnly) {
        return new Measured(
                config, () -> opened.map(parts -> parts.environment().status()), masterOnly);
    }

    /** How it is. */
    EnvironmentHealth health(Optional<MasterOnlyCounts> masterOnly) {
        return opened.map(parts -> EnvironmentHealth.ask(
                        name(),
                        parts.environment()::status,
                        parts::unusable,
                        parts.joiner().failure(),
                        masterOnly))
                .orElseGet(() -> EnvironmentHealth.notOpen(name()));
    }

    /** Closes it, handing mastership over, and waits a while until its events have been delivered. */
    void close() {
        try {
            opened.ifPresent(Opened::close);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "USTDY-0812 [" + Place.of(config) + "] the environment was not closed cleanly", e);
        }
    }

    /** What there is once it has been opened. */
    private record Opened(Environment environment, Joiner joiner, EventDelivery delivery, GroupCreators.Claim claim) {

        /** Why it takes no calls at all any more, found out by a call that costs little. */
        Optional<String> unusable() {
            try {
                environment.databaseNames();
                return Optional.empty();
            } catch (WriteFailedException e) {
                return Optional.empty();
            } catch (ReplicationException e) {
                return e.isRetriable() ? Optional.empty() : Optional.of(e.getMessage());
            }
        }

        void close() {
            joiner.stop();
            try {
                environment.close();
            } finally {
                delivery.close();
                claim.close();
            }
        }
    }
}
