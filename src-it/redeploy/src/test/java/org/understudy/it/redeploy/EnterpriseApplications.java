package org.understudy.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.understudy.it.server.ServerKind;

/** A server that takes enterprise applications too. */
abstract class EnterpriseApplications extends SeveralApplications {

    EnterpriseApplications(ServerKind kind) {
        super(kind);
    }

    @Test
    void the_wars_of_an_enterprise_application_with_one_library_have_one_environment() {
        Path home = home("enterprise");
        Path ear = Ear.with(
                server.folder().resolve("wars").resolve("enterprise.ear"),
                List.of("front", "back"),
                Deployment.settings(home, port()));
        Deployment front = new Deployment(server, "front", ear);
        Deployment back = new Deployment(server, "back", ear);
        for (int i = 1; i <= 2; i++) {
            server.deploy("enterprise", ear);
            Stream.of(front, back).forEach(Deployment::awaitReady);
            front.put("k" + i, "of the front");
            assertThat(back.get("entries").lines()).hasSize(i);
            Stream.of(front, back).forEach(module -> await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(module.get("events/at-once")).contains("BecameMaster")));
            server.undeploy("enterprise");
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(front.isGone() && back.isGone()).isTrue();
                assertThat(Traces.of(server, home).threads()).isEmpty();
                assertThat(Traces.of(server, home).files()).isEmpty();
            });
        }
    }
}
