package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Role;
import org.understudy.cdi.EnvironmentName;

/** An application that stops, with all the sites of its group, and is started again. */
@ExtendWith(ArquillianExtension.class)
class RestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String APPLICATION = "application";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = APPLICATION, managed = false)
    static JavaArchive application() {
        return Archives.of(Settings.group(), Ears.class);
    }

    @Test
    @RunAsClient
    void the_group_and_its_data_are_there_again_and_nothing_is_left_behind() {
        deployer.deploy(APPLICATION);
        names(awaitMaster()).put("greeting", "hello");
        long generation = awaitMaster().generation();
        deployer.undeploy(APPLICATION);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());

        deployer.deploy(APPLICATION);
        assertThat(names(awaitMaster()).get("greeting")).contains("hello");
        assertThat(awaitMaster().generation())
                .as("mastership is never resumed, but elected anew")
                .isGreaterThan(generation);
        names(awaitMaster()).put("greeting", "hello again");
    }

    private static Database<String, String> names(Environment environment) {
        return environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    private static Environment awaitMaster() {
        await().atMost(PATIENCE).until(() -> sites().anyMatch(site -> site.role() == Role.MASTER));
        return sites().filter(site -> site.role() == Role.MASTER).findFirst().orElseThrow();
    }

    private static Stream<Environment> sites() {
        return Settings.SITES.stream().map(name -> CDI.current()
                .select(Environment.class, EnvironmentName.Literal.of(name))
                .get());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("understudy"))
                .toList();
    }
}
