package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Applications that cannot be deployed as they are configured, and say all that is wrong. */
@ExtendWith(ArquillianExtension.class)
class WrongConfigurationIT {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "bad-values", managed = false)
    static JavaArchive badValues() {
        return Archives.of(Settings.alone()
                .with("understudy.ack-policy", "MOST")
                .with("understudy.ack-timeout", "soon")
                .with("understudy.prioritee", "7"));
    }

    @Deployment(name = "two-creators", managed = false)
    static JavaArchive twoCreators() {
        return Archives.of(Settings.group().with("understudy.environment.west.group-creator", "true"));
    }

    @Deployment(name = "exposed", managed = false)
    static JavaArchive exposed() {
        return Archives.of(Settings.alone().with("understudy.local-site", "0.0.0.0:7000"));
    }

    @Deployment(name = "unusable-home", managed = false)
    static JavaArchive unusableHome() {
        return Archives.of(Settings.alone().with("understudy.home", "/dev/null/home"));
    }

    @Test
    @RunAsClient
    void every_bad_value_and_unknown_property_is_told_at_once() {
        assertThat(failure("bad-values"))
                .contains("understudy.ack-policy = \"MOST\" is none of ALL, ALL_AVAILABLE, ALL_PEERS, NONE, ONE,")
                .contains(
                        "understudy.ack-timeout = \"soon\" is no duration like 500ms, 2s, 1m or PT2S; accepted: 1ms to")
                .contains("understudy.prioritee is no property of Understudy; did you mean understudy.priority?");
    }

    @Test
    @RunAsClient
    void two_creators_of_one_group_are_one_too_many() {
        assertThat(failure("two-creators"))
                .contains("The environments north and west both have group-creator = true for the group understudy");
    }

    @Test
    @RunAsClient
    void a_site_that_everybody_could_reach_is_refused() {
        assertThat(failure("exposed")).contains("understudy.local-site = 0.0.0.0:7000 is not on loopback");
    }

    @Test
    @RunAsClient
    void a_home_that_cannot_be_used_fails_the_deployment() {
        assertThat(failure("unusable-home")).contains("/dev/null/home");
    }

    private String failure(String deployment) {
        Throwable failure = catchThrowable(() -> deployer.deploy(deployment));
        assertThat(failure).as("the failure to deploy %s", deployment).isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
