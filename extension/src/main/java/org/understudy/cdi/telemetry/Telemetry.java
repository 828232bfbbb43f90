package org.understudy.cdi.telemetry;

import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;

/** The metrics of an application's environments. */
public final class Telemetry implements AutoCloseable {

    private final Runnable end;

    private Telemetry(Runnable end) {
        this.end = end;
    }

    /**
     * Has the figures of some environments measured whenever somebody collects metrics, until it is closed. Does nothing
     * where there is no OpenTelemetry, or none that is set up.
     */
    public static Telemetry start(BeanManager beanManager, List<Measured> environments) {
        try {
            return new Telemetry(Meters.start(beanManager, environments));
        } catch (NoClassDefFoundError absent) {
            return new Telemetry(() -> {});
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
