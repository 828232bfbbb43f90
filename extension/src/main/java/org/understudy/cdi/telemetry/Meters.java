package org.understudy.cdi.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Finds the application's OpenTelemetry and gives it an instrument for each figure. */
final class Meters {

    /** Whose metrics these are: OpenTelemetry's instrumentation scope. */
    static final String SCOPE = "org.understudy";

    private static final Logger LOG = System.getLogger(Meters.class.getName());

    private Meters() {}

    /** Begins to measure; what is returned ends it. Metrics that cannot be set up are no reason to do without the data. */
    static Runnable start(BeanManager beanManager, List<Measured> environments) {
        try {
            return bean(beanManager)
                    .or(Meters::global)
                    .map(telemetry -> start(telemetry.getMeter(SCOPE), environments))
                    .orElse(() -> {});
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "USTDY-0891 there are no metrics of Understudy: OpenTelemetry could not be had", e);
            return () -> {};
        }
    }

    private static Runnable start(Meter meter, List<Measured> environments) {
        Instruments instruments = new Instruments(meter);
        BatchCallback callback = instruments.register(() -> environments.forEach(instruments::record));
        return callback::close;
    }

    /** What MicroProfile Telemetry gives the application to inject. */
    private static Optional<OpenTelemetry> bean(BeanManager beanManager) {
        Instance<OpenTelemetry> beans = beanManager.createInstance().select(OpenTelemetry.class);
        return beans.isResolvable() ? Optional.of(beans.get()) : Optional.empty();
    }

    /**
     * What an agent or the application has set for the whole process. Nobody must ask before it is set: that would set it,
     * to nothing. Versions in which one cannot know are left alone.
     */
    private static Optional<OpenTelemetry> global() {
        try {
            return GlobalOpenTelemetry.isSet() ? Optional.of(GlobalOpenTelemetry.get()) : Optional.empty();
        } catch (NoSuchMethodError old) {
            return Optional.empty();
        }
    }
}
