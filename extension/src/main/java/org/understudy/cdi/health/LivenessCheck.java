package org.understudy.cdi.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether the environments can go on as they are, without being started again. */
@Liveness
@ApplicationScoped
class LivenessCheck implements HealthCheck {

    @Inject
    HealthSource source;

    @Override
    public HealthCheckResponse call() {
        return HealthReport.of("understudy-liveness", source.environments(), EnvironmentHealth::liveness);
    }
}
