package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BranchState;
import org.understudy.Codecs;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.Role;
import org.understudy.UnavailableException;

/** Processes that are really killed while a transaction over an environment and H2 ends, and recovered by Narayana. */
@Timeout(180)
class XaCrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> QUICK = List.of(
            "heartbeat-send", "100ms",
            "heartbeat-monitor", "3s",
            "election-timeout", "500ms",
            "election-retry", "500ms",
            "connection-retry", "100ms",
            "connection-retry-max", "500ms");

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final List<Environment> sites = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        sites.forEach(Environment::close);
    }

    private Process application(String what, int group, List<String> properties) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-DJTAEnvironmentBean.orphanSafetyInterval=500",
                "-DRecoveryEnvironmentBean.recoveryBackoffPeriod=1",
                "-DObjectStoreEnvironmentBean.objectStoreDir=" + folder.resolve("narayana"),
                "-DObjectStoreEnvironmentBean.stateStore.objectStoreDir=" + folder.resolve("narayana"),
                "-DObjectStoreEnvironmentBean.communicationStore.objectStoreDir=" + folder.resolve("narayana"),
                "-cp",
                classPath,
                CrashingApplication.class.getName(),
                what,
                String.valueOf(group),
                folder.resolve("sql").toString()));
        command.addAll(List.of("understudy.home", folder.resolve("home").toString(), "understudy.jta", "xa"));
        command.addAll(properties);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    /** What it says next. */
    private static String hear(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String said = CrashingApplication.said(line);
            if (!said.isEmpty()) {
                return said;
            }
        }
        throw new IllegalStateException("the application ended without a word");
    }

    /** By the system's own means: nothing in it gets to do anything any more. */
    private static void kill(Process process) throws Exception {
        assertThat(hear(process.inputReader())).isEqualTo("blocked");
        process.destroyForcibly().waitFor();
    }

    private void assertRecovered(List<String> properties, String left, String content) throws Exception {
        Process recovering = application("recover", 0, properties);
        BufferedReader lines = recovering.inputReader();
        assertThat(hear(lines)).isEqualTo("recovers " + left);
        assertThat(hear(lines)).isEqualTo("settled " + content + " " + content);
        assertThat(recovering.waitFor()).isZero();
    }

    @Test
    void both_are_committed_where_the_process_is_killed_after_the_decision() throws Exception {
        kill(application("commit", 0, List.of()));
        assertRecovered(List.of(), "1 and 1", "{a=1}");
    }

    @Test
    void both_are_rolled_back_where_the_process_is_killed_before_the_decision() throws Exception {
        kill(application("prepare", 0, List.of()));
        assertRecovered(List.of(), "1 and 1", "{}");
    }

    @Test
    void an_application_that_stops_while_its_transaction_manager_recovers_does_no_harm() throws Exception {
        kill(application("commit", 0, List.of()));
        Process stopping = application("stop", 0, List.of());
        assertThat(hear(stopping.inputReader())).isEqualTo("stopped {a=1}");
        assertThat(stopping.waitFor()).isZero();
        assertRecovered(List.of(), "0 and 0", "{a=1}");
    }

    @Test
    void the_next_master_holds_what_the_killed_one_had_promised_and_commits_it_for_it() throws Exception {
        List<String> names = Stream.generate(Ports::free)
                .limit(3)
                .map(port -> "localhost:" + port)
                .toList();
        List<String> properties = new ArrayList<>(List.of(
                "understudy.local-site",
                names.get(0),
                "understudy.group-creator",
                "true",
                "understudy.bootstrap-helpers",
                String.join(",", names),
                "understudy.forward-writes",
                "true"));
        for (int i = 0; i < QUICK.size(); i += 2) {
            properties.addAll(List.of("understudy." + QUICK.get(i), QUICK.get(i + 1)));
        }
        Process master = application("commit", 3, properties);
        site(names, 1);
        site(names, 2);
        kill(master);

        await().atMost(PATIENCE).until(() -> sites.stream().anyMatch(site -> site.role() == Role.MASTER));
        Environment next = sites.stream()
                .filter(site -> site.role() == Role.MASTER)
                .findFirst()
                .orElseThrow();
        assertThat(next.prepared()).singleElement().satisfies(branch -> {
            assertThat(branch.state()).isEqualTo(BranchState.PREPARED);
            assertThat(branch.site()).isEqualTo(names.get(0));
        });
        Database<String, String> ledger = next.database("ledger", Codecs.STRING, Codecs.STRING);
        assertThatThrownBy(() -> ledger.put("a", "other")).isInstanceOf(ConflictException.class);
        assertThat(ledger.get("a")).isEmpty();

        assertRecovered(properties, "1 and 1", "{a=1}");
        assertThat(ledger.get("a")).contains("1");
        assertThat(next.prepared()).isEmpty();
    }

    private void site(List<String> names, int number) {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(folder.resolve("site" + number))
                .name("site" + number)
                .localSite(names.get(number))
                .bootstrapHelpers(names)
                .forwardWrites(true);
        for (int i = 0; i < QUICK.size(); i += 2) {
            builder.set(QUICK.get(i), QUICK.get(i + 1));
        }
        Environment site = Environment.open(builder.build());
        sites.add(site);
        await().atMost(PATIENCE).ignoreException(UnavailableException.class).until(() -> {
            site.start();
            return true;
        });
    }
}
