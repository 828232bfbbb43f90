package org.understudy.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;

/** The packaged jar, started as people start it. */
class ReplicateIT {

    @TempDir
    private Path folder;

    private String site;

    @BeforeEach
    void findPort() {
        site = freeSite();
    }

    /** Below the ports that systems give out by themselves: no connection takes it while a process starts. */
    private static String freeSite() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "localhost:" + socket.getLocalPort();
            } catch (IOException taken) {
                // Somebody listens there: try another.
                continue;
            }
        }
    }

    private Child creator(String... more) throws IOException {
        return start("one", site, more);
    }

    private Child start(String home, String localSite, String... more) throws IOException {
        String[] options = new String[more.length + 6];
        System.arraycopy(
                new String[] {
                    "--home", folder.resolve(home).toString(), "--local-site", localSite, "--bootstrap-helpers", site
                },
                0,
                options,
                0,
                6);
        System.arraycopy(more, 0, options, 6, more.length);
        return Child.start(folder, options);
    }

    @Test
    void it_replicates_until_it_is_told_to_end_and_leaves_nothing_behind() throws Exception {
        Path pidFile = folder.resolve("replicate.pid");
        try (Child child = creator("--group-creator", "true", "--pid-file", pidFile.toString())) {
            child.awaitLine("USTDY-0602 BecameMaster[generation=1]");
            assertThat(Files.readString(pidFile)).isEqualTo(child.pid() + "\n");
            child.terminate();
            assertThat(child.exitCode()).isZero();
            assertThat(child.output()).contains("USTDY-0603 closing", "USTDY-0604 closed");
            assertThat(pidFile).doesNotExist();
        }
    }

    @Test
    void it_ends_when_it_is_told_to_while_it_waits_for_its_place_in_the_group() throws Exception {
        try (Child child = start("two", freeSite(), "--join-timeout", "10m")) {
            child.awaitLine("USTDY-0601");
            child.terminate();
            assertThat(child.exitCode()).isZero();
            assertThat(child.output()).contains("USTDY-0603 closing", "USTDY-0604 closed");
        }
    }

    @Test
    void an_application_beside_it_writes_through_it_and_stays_when_it_ends() throws Exception {
        try (Child child = creator("--group-creator", "true")) {
            child.awaitLine("USTDY-0602 BecameMaster[generation=1]");
            try (Environment application = Environment.open(
                    EnvironmentConfig.builder(folder.resolve("one")).build())) {
                application.start();
                assertThat(application.role()).isEqualTo(Role.MASTER);
                names(application).put("k", "v");
                child.terminate();
                assertThat(child.exitCode()).isZero();
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> assertThat(
                                names(application).get("k"))
                        .contains("v"));
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> application.generation() == 2);
                names(application).put("k", "w");
                assertThat(names(application).get("k")).contains("w");
            }
        }
    }

    @Test
    void it_waits_beside_an_application_and_takes_over_when_that_ends() throws Exception {
        Environment application = Environment.open(EnvironmentConfig.builder(folder.resolve("one"))
                .localSite(site)
                .groupCreator(true)
                .build());
        try (Child child = startBeside(application)) {
            application.close();
            child.awaitLine("USTDY-0602 Takeover[]");
            child.awaitLine("USTDY-0602 BecameMaster[generation=2]");
            child.terminate();
            assertThat(child.exitCode()).isZero();
        }
    }

    private Child startBeside(Environment application) throws IOException {
        application.start();
        names(application).put("k", "v");
        Child child = creator();
        child.awaitLine("USTDY-0611 started");
        return child;
    }

    private static Database<String, String> names(Environment environment) {
        return environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    @Test
    void a_site_that_is_removed_ends_with_2() throws Exception {
        String other = freeSite();
        try (Child child = creator("--group-creator", "true");
                Child second = start("two", other)) {
            second.awaitLine("StartupDone");
            try (Environment third = Environment.open(EnvironmentConfig.builder(folder.resolve("three"))
                    .localSite(freeSite())
                    .bootstrapHelpers(List.of(site))
                    .build())) {
                third.start();
                third.removeSite(other);
                assertThat(second.exitCode()).isEqualTo(2);
                assertThat(second.output()).contains("USTDY-0605 this site was removed from the group");
            }
            child.terminate();
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void a_wrong_command_line_is_explained_and_ends_with_1() throws Exception {
        refuses("--home needs a value behind it", "--home");
        refuses("there is no option --hoem; --help lists", "--hoem", "/data");
        refuses("--local-site is missing", "--home", folder.resolve("one").toString());
        refuses("ack-timeout = \"soon\" is no duration", "--home", "h", "--local-site", site, "--ack-timeout", "soon");
        refuses(
                "--pid-file /nowhere/x can't be written",
                "--home",
                "h",
                "--local-site",
                site,
                "--pid-file",
                "/nowhere/x");
        assertThat(Path.of("h")).doesNotExist();
    }

    /** An error as where the folder for temporary files lets nothing be run, and RocksDB's library can't be loaded. */
    @Test
    void what_it_can_not_load_ends_it_with_2() throws Exception {
        String home = folder.resolve("one").toString();
        try (Child child = Child.startWithout("rocksdbjni", folder, "--home", home, "--local-site", site)) {
            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.output()).contains("USTDY-0609", "NoClassDefFoundError");
        }
    }

    private void refuses(String because, String... options) throws Exception {
        try (Child child = Child.start(folder, options)) {
            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.output()).startsWith("understudy-replicate: ").contains(because);
        }
    }

    @Test
    void it_tells_what_it_takes_and_which_release_it_is() throws Exception {
        try (Child child = Child.start(folder, "--help")) {
            assertThat(child.exitCode()).isZero();
            assertThat(child.output()).contains("--home", "--takeover-grace", "It ends with 0");
        }
        try (Child child = Child.start(folder, "--version")) {
            assertThat(child.exitCode()).isZero();
            assertThat(child.output()).startsWith("understudy-replicate 0.");
        }
    }
}
