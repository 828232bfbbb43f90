package org.understudy.cdi.telemetry;

import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.EnvironmentConfig;
import org.understudy.Status;
import org.understudy.cdi.mastership.MasterOnlyCounts;

/**
 * An environment that is measured.
 *
 * @param config how it is configured: its name, and its group and site if it has any
 * @param status its status at the moment of asking; empty while it is not open
 * @param masterOnly what became of its calls that run on the master only, until that moment; empty if it has none
 */
public record Measured(
        EnvironmentConfig config, Supplier<Optional<Status>> status, Supplier<Optional<MasterOnlyCounts>> masterOnly) {}
