package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.understudy.Environment;
import org.understudy.Role;
import org.understudy.it.support.Check;

/** An application that is deployed before the group it belongs to is there, and on a port that is still in use. */
@ExtendWith(ArquillianExtension.class)
class LateJoinIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SITES = Settings.freeSites(2);
    private static final ServerSocket IN_THE_WAY = occupy(SITES.get(0));

    @Inject
    Environment environment;

    @Inject
    SmallRyeHealthReporter health;

    @Deployment
    static JavaArchive application() {
        return Archives.of(Settings.joining(SITES.get(0), SITES.get(1)));
    }

    @Test
    void it_is_deployed_says_why_it_is_not_ready_and_joins_by_itself_once_it_can() throws IOException {
        assertThat(readiness().up()).isFalse();
        assertThat(Check.of(health.getStartup().getPayload(), "understudy-startup")
                        .up())
                .isFalse();
        assertThat(Check.of(health.getLiveness().getPayload(), "understudy-liveness")
                        .up())
                .isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(readiness().text("default.reason"))
                .contains("the last attempt to join failed")
                .contains(SITES.get(0)));
        IN_THE_WAY.close();
        try (Environment creator = Environment.open(Settings.creator(SITES.get(1)))) {
            creator.start();
            await().atMost(PATIENCE).until(() -> readiness().up());
            assertThat(environment.role()).isEqualTo(Role.CLIENT);
            assertThat(Check.of(health.getStartup().getPayload(), "understudy-startup")
                            .up())
                    .isTrue();
        }
    }

    private Check readiness() {
        return Check.of(health.getReadiness().getPayload(), "understudy-readiness");
    }

    private static ServerSocket occupy(String site) {
        try {
            int port = Integer.parseInt(site.substring(site.lastIndexOf(':') + 1));
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
