package org.understudy.cdi.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Whether the environments have been ready once. */
@Startup
@ApplicationScoped
class StartupCheck implements HealthCheck {

    @Inject
    HealthSource source;

    @Override
    public HealthCheckResponse call() {
        return HealthReport.of(
                "understudy-startup", source.environments(), environment -> environment.startup(source.config()));
    }
}
