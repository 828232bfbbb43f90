package org.understudy.cdi.telemetry;

import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.EnvironmentConfig;
import org.understudy.Status;

/**
 * An environment that is measured.
 *
 * @param config how it is configured: its name, and its group and site if it has any
 * @param status its status at the moment of asking; empty while it is not open
 */
public record Measured(EnvironmentConfig config, Supplier<Optional<Status>> status) {}
