package org.understudy.cdi.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the environments are of use to the application now: members, up to date with a master they know. */
@Readiness
@ApplicationScoped
class ReadinessCheck implements HealthCheck {

    @Inject
    HealthSource source;

    @Override
    public HealthCheckResponse call() {
        return HealthReport.of(
                "understudy-readiness", source.environments(), environment -> environment.readiness(source.config()));
    }
}
