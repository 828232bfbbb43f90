package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application that cannot be deployed as it is configured. */
class WrongConfigurationIT extends ServerTest {

    private static final String WRONG = "wrong";
    private static final String HEADLINE = "Understudy cannot be deployed as it is configured:";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = WRONG, managed = false, testable = false)
    static WebArchive wrong() {
        return ShrinkWrap.create(WebArchive.class, "wrong.war")
                .merge(war())
                .addAsResource(
                        new StringAsset("understudy.ack-timeout=soon\nunderstudy.prioritee=7\n"),
                        "META-INF/microprofile-config.properties");
    }

    @Test
    void all_that_is_wrong_is_told_in_the_log_and_that_it_is_to_whoever_deploys() throws IOException {
        assertThat(deploy()).contains(HEADLINE);
        assertThat(Files.readString(SERVER.log()))
                .contains(HEADLINE)
                .contains(
                        "understudy.ack-timeout = \"soon\" is no duration like 500ms, 2s, 1m or PT2S; accepted: 1ms to")
                .contains("understudy.prioritee is no property of Understudy; did you mean understudy.priority?");
    }

    /**
     * What whoever deploys is told: all by WildFly, a line by Liberty's adapter; Payara Micro goes on without the
     * application, and tells it on its console, which is its log.
     */
    private String deploy() throws IOException {
        Throwable failure = catchThrowable(() -> deployer.deploy(WRONG));
        if (SERVER == Server.PAYARA) {
            deployer.undeploy(WRONG);
            return Files.readString(SERVER.log());
        }
        assertThat(failure).as("the failure to deploy").isNotNull();
        StringWriter told = new StringWriter();
        failure.printStackTrace(new PrintWriter(told));
        return told.toString();
    }
}
