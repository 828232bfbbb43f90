package org.understudy.it.redeploy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.understudy.it.server.ServerKind;

class WildFlyIT extends EnterpriseApplications {

    WildFlyIT() {
        super(ServerKind.WILDFLY);
    }

    @Test
    void the_figures_of_the_status_are_metrics_of_the_servers_OpenTelemetry() throws IOException {
        try (MetricsEndpoint endpoint = new MetricsEndpoint()) {
            int port = port();
            Deployment measured = Deployment.of(server, "measured", home("measured"), port, endpoint.settings());
            measured.deploy();
            measured.put("k", "v");
            await().atMost(PATIENCE)
                    .until(() -> endpoint.hasSeen(
                            "org.understudy",
                            "understudy.commit.count",
                            "understudy.site.ready",
                            "understudy.environment",
                            "127.0.0.1:" + port));
            measured.undeploy();
        }
    }
}
