package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;
import org.understudy.simulation.Operation;
import org.understudy.site.TestGroup;

/**
 * Two clients in processes of their own forward all that they write, and are killed in the middle of it, again and again
 * (protocol.md §9). {@code -Dkill.rounds} makes it longer.
 */
class ForwardingKillIT {
    private static final int SITES = 3;
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);
    private static final int MOST_COMMITS_BETWEEN_KILLS = 200;
    private static final int NEVER_MASTER = 0;
    private static final Durability DURABILITY = Durability.WRITE_NO_SYNC;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private final Chronicle chronicle = new Chronicle();
    private final List<String> names = TestGroup.freeNames(SITES);
    private final List<SiteProcess> clients = new ArrayList<>();
    private int processes;

    @Test
    void S79_clients_killed_in_the_middle_of_forwarded_writes_lose_nothing_acknowledged_and_apply_nothing_twice()
            throws Exception {
        try (Environment master = Environment.open(EnvironmentConfig.builder(home(0))
                .localSite(names.get(0))
                .groupCreator(true)
                .durability(DURABILITY)
                .forwardWrites(true)
                .build())) {
            master.start();
            clients.add(start(1));
            clients.add(start(2));
            for (int round = 0; round < ROUNDS; round++) {
                awaitCommits(1 + random.nextInt(MOST_COMMITS_BETWEEN_KILLS));
                int victim = random.nextInt(clients.size());
                clients.get(victim).kill();
                clients.set(victim, start(victim + 1));
            }
            awaitCommits(100);
            for (SiteProcess client : clients) {
                assertThat(client.ask("quiet")).isPresent();
                assertThat(client.end()).isTrue();
            }
            assertThat(master.role()).isEqualTo(Role.MASTER);
            assertThat(master.status().forwarding().writesReceived()).isGreaterThanOrEqualTo(chronicle.done());
        }
        judge();
    }

    /** Starts a client, and waits until it has forwarded something. */
    private SiteProcess start(int site) {
        int process = ++processes;
        Map<String, String> options = Map.of(
                "local-site", names.get(site),
                "bootstrap-helpers", names.get(0),
                "priority", String.valueOf(NEVER_MASTER),
                "durability", DURABILITY.name(),
                "forward-writes", "true");
        SiteProcess started = new SiteLaunch(home(site), RegisterClients.class.getSimpleName(), options)
                .start(process, line -> chronicle.heard(names.get(site), line));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> hasForwarded(process));
        return started;
    }

    private boolean hasForwarded(long process) {
        return chronicle.commits().stream()
                .map(Chronicle.Commit::operation)
                .anyMatch(operation ->
                        operation.serial() >> 32 == process && operation.outcome() == Operation.Outcome.DONE);
    }

    private Path home(int site) {
        return folder.resolve("site" + site);
    }

    private void awaitCommits(int more) {
        int before = chronicle.done();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> chronicle.done() >= before + more);
    }

    private void judge() {
        SiteLogs logs = new SiteLogs();
        for (int site = 0; site < SITES; site++) {
            logs.read(names.get(site), home(site));
        }
        System.out.println(
                processes + " processes that forward: " + logs.judge(chronicle).summary());
    }

    @AfterEach
    void kill_the_clients() {
        clients.forEach(SiteProcess::kill);
    }
}
