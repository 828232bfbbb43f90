package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** A server that is stopped with the application in it, and started again. */
class RestartIT extends ApplicationTest {

    @ArquillianResource
    Container<?> server;

    @Test
    void what_was_written_before_a_restart_is_there_after_it_and_the_site_is_a_member_as_before() throws Exception {
        assemble();
        neighbour().put("greeting", "hello");
        SERVER.application().put("ledger/1", "opened").text();

        stop();
        await().atMost(PATIENCE).until(() -> neighbour().environment().status().sites().stream()
                .noneMatch(site -> !site.local() && site.connected()));
        start();
        assemble();
        assertThat(SERVER.application().get("entries").text()).isEqualTo("greeting=hello");
        assertThat(SERVER.application().get("ledger/1").text()).isEqualTo("opened");
        assertThat(neighbour().environment().status().sites()).hasSize(2);
    }

    /** For Arquillian a Payara Micro is started by a deployment and stopped by undeploying it. */
    private void stop() throws Exception {
        if (SERVER == Server.PAYARA) {
            server.getDeployableContainer().undeploy(war());
            SERVER.awaitUndeployed();
        } else {
            server.stop();
        }
    }

    private void start() throws Exception {
        if (SERVER == Server.PAYARA) {
            server.getDeployableContainer().deploy(war());
        } else {
            server.start();
        }
    }
}
