package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
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
    void all_that_is_wrong_is_told_to_whoever_deploys_and_in_the_log() throws IOException {
        String told = deploy();
        String logged = Files.readString(SERVER.log());
        assertThat(logged).contains("Understudy cannot be deployed as it is configured:");
        for (String text : List.of(told, logged)) {
            assertThat(text)
                    .contains("understudy.ack-timeout = \"soon\" is no duration like 500ms, 2s, 1m or PT2S; accepted: 1ms to")
                    .contains("understudy.prioritee is no property of Understudy; did you mean understudy.priority?");
        }
    }

    /** What whoever deploys is told. Payara Micro goes on without the application, and tells it on its console. */
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
