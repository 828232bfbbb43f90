package org.understudy.it.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Http;
import org.understudy.it.support.Jdk;

/** An application on Helidon MP: it has no application server around it, no names to look up, and virtual threads. */
class HelidonIT {

    private static final int OLDEST_JDK = 21;
    private static final int WRITERS = 64;

    private static Jdk jdk;

    @TempDir
    Path folder;

    @BeforeAll
    static void findJdk() {
        var found = Jdk.atLeast(OLDEST_JDK);
        assumeTrue(
                found.isPresent(),
                "Helidon 4 needs JDK " + OLDEST_JDK + " or newer, and none was found: name one by -D" + Jdk.PROPERTY);
        jdk = found.orElseThrow();
    }

    @Test
    void health_says_how_it_joins_loses_its_master_and_finds_it_again() throws InterruptedException {
        List<Integer> ports = FreePorts.find(2);
        String here = "127.0.0.1:" + ports.get(0);
        String there = "127.0.0.1:" + ports.get(1);
        try (Server server = Server.start(
                jdk,
                "helidon-group",
                List.of(
                        "-Dunderstudy.home=" + folder.resolve("here"),
                        "-Dunderstudy.environment.ledger.home=" + folder.resolve("ledger"),
                        "-Dunderstudy.local-site=" + here,
                        "-Dunderstudy.bootstrap-helpers=" + there))) {
            assertThat(server.http().get("health/live").ok()).isTrue();
            assertThat(server.http().get("health/started").status()).isEqualTo(503);
            assertThat(server.http().get("health/ready").status()).isEqualTo(503);
            assertThat(server.check("live").up()).isTrue();
            assertThat(server.check("started").up()).isFalse();
            await().atMost(Server.PATIENCE)
                    .until(() ->
                            server.check("ready").text("default.reason").contains("not a member of the group yet"));

            try (Environment neighbour = Neighbour.open(folder.resolve("there"), there)) {
                awaitReady(server);
                assertThat(server.check("started").up()).isTrue();
                assertThat(server.check("ready").text("default.role")).isEqualTo("CLIENT");
                assertThat(server.check("ready").text("default.master")).isEqualTo(there);
                assertThat(server.check("ready").number("default.members-up")).isEqualTo(2);
                everythingIsInjected(server.http(), here, there);
                assertThat(neighbour.status().sites()).hasSize(2);
            }
            await().atMost(Server.PATIENCE).until(() -> !server.check("ready").up());
            assertThat(server.check("ready").text("default.reason")).contains("master");
            assertThat(server.check("live").up()).isTrue();
            assertThat(server.check("started").up()).isTrue();

            try (Environment neighbour = Neighbour.open(folder.resolve("there"), there)) {
                awaitReady(server);
                assertThat(neighbour.status().sites()).hasSize(2);
                eventsCameInOrder(server.http());
                server.stop();
            }
            nothingElseIsWrong(server);
        }
    }

    /** Whatever may be warned of in a life like this, we warn of by number: the JDK and others find nothing to. */
    private static void nothingElseIsWrong(Server server) {
        assertThat(server.log().lines())
                .noneMatch(line -> line.startsWith("WARNING: ") && !line.startsWith("WARNING: USTDY-"))
                .noneMatch(line -> line.startsWith("SEVERE: "))
                .noneMatch(line -> line.startsWith("\tat "));
    }

    private static void awaitReady(Server server) {
        await().atMost(Server.PATIENCE).until(() -> server.check("ready").up());
    }

    private static void everythingIsInjected(Http http, String here, String there) {
        assertThat(http.get("site/group").text()).isEqualTo("helidon");
        assertThat(http.get("site/environments").text()).isEqualTo("default ledger ledger");
        assertThat(http.get("site/role").text()).isEqualTo("CLIENT");
        assertThat(http.get("site/master").text()).isEqualTo("welcome from Helidon");
        assertThat(http.get("site/greet/" + there).text()).isEqualTo("welcome from Helidon");
        assertThat(http.get("site/greet/" + here).text()).isEqualTo("hello from Helidon");
        assertThat(http.put("entries/a", "one").ok())
                .as("a write that is forwarded")
                .isTrue();
        assertThat(http.get("entries/a").text()).isEqualTo("one");
    }

    private static void eventsCameInOrder(Http http) {
        List<String> atOnce = http.get("site/events/at-once").text().lines().toList();
        assertThat(atOnce).anyMatch(line -> line.endsWith(" StartupDone")).noneMatch(line -> line.contains("another"));
        assertThat(atOnce.stream().map(HelidonIT::number)).isSorted().doesNotHaveDuplicates();
        await().atMost(Server.PATIENCE)
                .untilAsserted(() ->
                        assertThat(http.get("site/events/later").text().lines()).containsSequence(atOnce));
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    @Test
    void many_requests_at_once_get_through_on_one_carrier_thread_and_their_data_outlives_a_restart()
            throws InterruptedException {
        List<String> properties = new ArrayList<>(List.of(
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-Dunderstudy.home=" + folder.resolve("here"),
                "-Dunderstudy.environment.ledger.home=" + folder.resolve("ledger"),
                "-Dunderstudy.local-site=127.0.0.1:" + FreePorts.find(1).get(0),
                "-Dunderstudy.group-creator=true"));
        try (Server server = Server.start(jdk, "helidon-alone", properties)) {
            awaitReady(server);
            List<CompletableFuture<Http.Answer>> answers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> server.http().put("entries/" + i, "text " + i), task -> new Thread(task).start()))
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().text()).startsWith("VirtualThread"));
            server.stop();
        }
        try (Server server = Server.start(jdk, "helidon-again", properties)) {
            awaitReady(server);
            for (int i = 0; i < WRITERS; i++) {
                assertThat(server.http().get("entries/" + i).text()).isEqualTo("text " + i);
            }
            server.stop();
            nothingElseIsWrong(server);
        }
    }

    @Test
    void a_wrong_configuration_ends_the_start_with_all_that_is_wrong() throws InterruptedException {
        List<String> properties = List.of(
                "-Dunderstudy.home=" + folder.resolve("here"),
                "-Dunderstudy.environment.ledger.home=" + folder.resolve("ledger"),
                "-Dunderstudy.ack-timeout=soon",
                "-Dunderstudy.ack-polizy=ALL");
        try (Server server = Server.launch(jdk, "helidon-wrong", properties)) {
            assertThat(server.awaitEnd()).as(server.log()).isNotZero();
            assertThat(server.log())
                    .contains("Understudy cannot be deployed as it is configured:")
                    .contains("understudy.ack-timeout = \"soon\" is no duration")
                    .contains(
                            "understudy.ack-polizy is no property of Understudy; did you mean understudy.ack-policy?");
        }
    }

    @Test
    void RocksDB_comes_for_the_one_platform_that_was_chosen() {
        assertThat(Arrays.stream(Server.classPath().split(File.pathSeparator))
                        .map(entry -> Path.of(entry).getFileName().toString())
                        .filter(name -> name.startsWith("rocksdbjni")))
                .singleElement()
                .asString()
                .endsWith("-linux64.jar");
    }
}
