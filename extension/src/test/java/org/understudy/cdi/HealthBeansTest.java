package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthBeansTest {

    private static final List<Annotation> KINDS =
            List.of(Liveness.Literal.INSTANCE, Readiness.Literal.INSTANCE, Startup.Literal.INSTANCE);

    @TempDir
    Path home;

    @Test
    void there_is_a_check_of_each_kind() {
        try (Application.Started application = Application.start(List.of("understudy.home", home.toString()))) {
            for (Annotation kind : KINDS) {
                HealthCheckResponse response = application
                        .container()
                        .select(HealthCheck.class, kind)
                        .get()
                        .call();
                assertThat(response.getStatus()).as("%s", kind).isEqualTo(HealthCheckResponse.Status.UP);
                assertThat(response.getData().orElseThrow()).containsEntry("default.role", "MASTER");
            }
        }
    }

    @Test
    void there_is_none_if_they_are_not_wanted() {
        try (Application.Started application =
                Application.start(List.of("understudy.home", home.toString(), "understudy.health.enabled", "false"))) {
            for (Annotation kind : KINDS) {
                assertThat(application
                                .container()
                                .select(HealthCheck.class, kind)
                                .isUnsatisfied())
                        .as("%s", kind)
                        .isTrue();
            }
        }
    }
}
