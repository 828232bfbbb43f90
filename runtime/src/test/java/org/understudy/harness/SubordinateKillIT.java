package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;
import org.understudy.event.ElectionStarted;
import org.understudy.event.ReplicationEvent;
import org.understudy.site.TestGroup;

/**
 * Processes that share the master's home are killed in the middle of transactions and commits, again and again.
 * {@code -Dkill.rounds} makes it longer.
 */
class SubordinateKillIT {
    private static final int SITES = 3;
    private static final int SUBORDINATES = 2;
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 12);
    private static final int MOST_COMMITS_BETWEEN_KILLS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private final Chronicle chronicle = new Chronicle();
    private final List<Environment> sites = new ArrayList<>();
    private final List<SiteProcess> subordinates = new ArrayList<>();
    private final List<ReplicationEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> names = TestGroup.freeNames(SITES);
    private int processes;

    @Test
    void S24_subordinates_killed_in_the_middle_of_commits_disturb_nobody() throws Exception {
        for (int site = 0; site < SITES; site++) {
            sites.add(open(site));
        }
        Environment master = sites.get(0);
        assertThat(master.role()).isEqualTo(Role.MASTER);
        long generation = master.generation();
        sites.forEach(site -> site.subscribe(events::add));
        for (int i = 0; i < SUBORDINATES; i++) {
            subordinates.add(start());
        }
        for (int round = 0; round < ROUNDS; round++) {
            awaitCommits(1 + random.nextInt(MOST_COMMITS_BETWEEN_KILLS));
            int victim = random.nextInt(SUBORDINATES);
            subordinates.get(victim).kill();
            subordinates.set(victim, start());
        }
        awaitCommits(100);
        for (SiteProcess subordinate : subordinates) {
            assertThat(subordinate.ask("quiet")).isPresent();
            assertThat(subordinate.end()).isTrue();
        }
        assertThat(events).noneMatch(ElectionStarted.class::isInstance);
        assertThat(master.generation()).isEqualTo(generation);
        assertThat(master.role()).isEqualTo(Role.MASTER);
        sites.forEach(Environment::close);
        judge();
    }

    private Environment open(int site) {
        Environment environment = Environment.open(EnvironmentConfig.builder(home(site))
                .localSite(names.get(site))
                .bootstrapHelpers(names)
                .groupCreator(site == 0)
                .durability(Durability.WRITE_NO_SYNC)
                .set("join-timeout", "60s")
                .build());
        environment.start();
        return environment;
    }

    private Path home(int site) {
        return folder.resolve("site" + site);
    }

    private SiteProcess start() {
        return new SiteLaunch(home(0), RegisterClients.class.getSimpleName(), Map.of())
                .start(++processes, line -> chronicle.heard(names.get(0), line));
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
        System.out.println(processes + " subordinates: " + logs.judge(chronicle).summary());
    }

    @AfterEach
    void end_all() {
        subordinates.forEach(SiteProcess::kill);
        sites.forEach(Environment::close);
    }
}
