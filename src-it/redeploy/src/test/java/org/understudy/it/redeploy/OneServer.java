package org.understudy.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.understudy.it.server.DeploymentFailedException;
import org.understudy.it.server.Server;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.FreePorts;

/** Applications that come and go on one server. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
abstract class OneServer {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMES = 5;

    /**
     * The JDK keeps the type that it made a record's methods for last, until there is another; so a class loader stays, and
     * with it, by way of Liberty's loggers, the one that used them first. More than that would be a leak.
     */
    private static final int LAST = 2;

    private final Path folder;
    final Server server;

    OneServer(ServerKind kind) {
        this.folder = fresh(kind.name().toLowerCase(Locale.ROOT));
        this.server = kind.in(folder);
    }

    /** Without the data of an earlier run, whose ports were others. */
    private static Path fresh(String name) {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void start() {
        // What is only softly reachable is no leak, and goes at once.
        server.withVariable("JAVA_TOOL_OPTIONS", "-XX:SoftRefLRUPolicyMSPerMB=0")
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    final Path home(String name) {
        return folder.resolve("data").resolve(name);
    }

    static int port() {
        return FreePorts.find(1).get(0);
    }

    @Test
    void five_deployments_one_after_the_other_leave_nothing_but_their_data() {
        Deployment application = Deployment.of(server, "redeployed", home("redeployed"), port());
        for (int i = 1; i <= TIMES; i++) {
            application.deploy();
            application.put("k" + i, "of deployment " + i);
            assertThat(application.get("entries").lines()).hasSize(i);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(application.get("events/at-once"))
                    .contains("BecameMaster"));
            application.undeploy();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(application.isGone()).isTrue();
            Traces traces = Traces.of(server, home("redeployed"));
            assertThat(traces.loaders()).as("class loaders: %s", traces).isLessThanOrEqualTo(LAST);
            assertThat(traces.nativeThreads()).as("native threads").isZero();
            assertThat(traces.threads()).as("threads").isEmpty();
            assertThat(traces.files()).as("open files").isEmpty();
            assertThat(traces.temporary()).as("temporary files").isEmpty();
        });
    }

    @Test
    void a_deployment_that_fails_half_way_gives_its_home_and_port_back() {
        Path home = home("half");
        int port = port();
        List<String> second = List.of("understudy.environments=bad", "understudy.environment.bad.home=/proc/nowhere");
        Path war = server.folder().resolve("wars").resolve("failing.war");
        List<String> settings = Stream.concat(Deployment.settings(home, port).stream(), second.stream())
                .toList();
        assertThatExceptionOfType(DeploymentFailedException.class)
                .isThrownBy(() -> server.deploy("failing", Wars.with(war, settings)));
        Deployment repaired = Deployment.of(server, "repaired", home, port);
        repaired.deploy();
        repaired.put("k", "v");
        repaired.undeploy();
    }

    @Test
    void two_applications_have_an_environment_each_and_one_goes_on_without_the_other() {
        Deployment one = Deployment.of(server, "one", home("one"), port());
        Deployment other = Deployment.of(server, "other", home("other"), port());
        one.deploy();
        other.deploy();
        one.put("k", "of one");
        other.put("k", "of the other");
        assertThat(one.get("entries/k")).isEqualTo("of one");
        one.undeploy();
        other.put("l", "alone");
        assertThat(other.get("entries").lines()).containsExactly("k=of the other", "l=alone");
        other.undeploy();
    }

    @Test
    void S80_two_applications_with_one_home_are_one_site_and_the_second_takes_over_from_the_first() {
        int port = port();
        Deployment first = Deployment.of(server, "first", home("shared"), port);
        Deployment second = Deployment.of(server, "second", home("shared"), port);
        first.deploy();
        second.deploy();
        first.put("k", "of the first");
        second.put("l", "of the second");
        assertThat(first.get("entries")).isEqualTo(second.get("entries"));
        first.undeploy();
        second.put("m", "without the first");
        assertThat(second.get("entries").lines())
                .containsExactly("k=of the first", "l=of the second", "m=without the first");
        assertThat(second.get("site")).contains("\"role\":\"MASTER\"");
        first.deploy();
        assertThat(first.get("entries").lines()).hasSize(3);
        second.undeploy();
        first.put("n", "without the second");
        first.undeploy();
    }
}
