package org.understudy.it.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Check;
import org.understudy.it.support.Jdk;

/** Three WildFly servers as one group, killed while clients write; what readiness says over HTTP is held against it. */
class ThreeWildFlyIT {

    private static final int MOST_LAG = 50;
    private static final int MISSED = 32;
    private static final String MISSED_VALUE = "x".repeat(16 << 10);

    /** What the servers say is kept if the test fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private ServerGroup group;
    private SerialWriters writers;

    @BeforeEach
    void prepare() {
        group = new ServerGroup(folder, Jdk.running(), Collections.nCopies(3, ServerKind.WILDFLY))
                // So that a site that has missed half a mebibyte is some seconds behind: it is not sent all at once.
                .with("understudy.send-buffer", "128KiB")
                .with("understudy.transfer-limit", "128KiB")
                .with("understudy.health.max-lag", String.valueOf(MOST_LAG));
        writers = new SerialWriters(group.sites());
    }

    @AfterEach
    void end() {
        group.close();
        writers.stop();
    }

    @Test
    void another_takes_over_from_a_killed_master_at_once_and_readiness_tells_who_is_of_use() {
        group.start(group.sites());
        group.awaitReady(group.sites());
        Site first = group.awaitMaster(1);
        a_write_on_the_master_is_seen_on_the_others(first);
        writers.start();
        Site second = group.killMaster(first, writers);
        the_survivors_are_ready_without_the_dead(first, second);
        the_dead_comes_back_and_is_ready_once_it_has_caught_up(first, second);
        the_last_of_three_lacks_a_master_and_is_not_ready(second, first);
        Site stopped = group.awaitMaster(1);
        group.stopMaster(stopped, writers);
        group.judge(writers, group.without(stopped));
    }

    private void a_write_on_the_master_is_seen_on_the_others(Site master) {
        assertThat(master.write("greeting", "hello").ok()).isTrue();
        for (Site other : group.without(master)) {
            group.awaitThat(
                    "seen on " + other, () -> "hello".equals(other.entries().get("greeting")));
            assertThat(other.write("greeting", "no").body()).contains("NotMasterException", master.name());
        }
    }

    private void the_survivors_are_ready_without_the_dead(Site dead, Site master) {
        group.awaitReady(group.without(dead));
        for (Site survivor : group.without(dead)) {
            Check readiness = survivor.readiness().orElseThrow();
            assertThat(readiness.up()).as("%s: %s", survivor, readiness).isTrue();
            assertThat(readiness.text("default.master")).isEqualTo(master.name());
            assertThat(readiness.number("default.members-up")).isEqualTo(2);
            assertThat(readiness.number("default.members-total")).isEqualTo(3);
        }
    }

    private void the_dead_comes_back_and_is_ready_once_it_has_caught_up(Site dead, Site master) {
        for (int i = 0; i < MISSED; i++) {
            assertThat(master.write("missed-" + i, MISSED_VALUE).ok()).isTrue();
        }
        Set<String> before = writers.acknowledged();
        long began = System.nanoTime();
        List<Check> told = new ArrayList<>();
        dead.server().begin();
        await("ready: " + dead)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    dead.server().checkAlive();
                    Optional<Check> readiness = dead.readiness();
                    readiness.ifPresent(told::add);
                    return readiness.filter(Check::up).isPresent();
                });
        ServerGroup.say("started again, caught up and ready after " + ServerGroup.since(began));
        assertThat(dead.serials().keySet()).containsAll(before);
        assertThat(told.get(told.size() - 1).number("default.lag")).isLessThanOrEqualTo(MOST_LAG);
        assertThat(told).as("what it said on the way").anySatisfy(readiness -> {
            assertThat(readiness.up()).isFalse();
            assertThat(readiness.text("default.reason")).contains("start-up is not done");
        });
        dead.server().awaitStart();
        assertThat(dead.isMaster()).isFalse();
        assertThat(dead.generation()).isEqualTo(master.generation());
    }

    private void the_last_of_three_lacks_a_master_and_is_not_ready(Site master, Site client) {
        Site last = group.without(master, client).get(0);
        long generation = master.generation();
        client.server().kill();
        master.server().kill();
        group.awaitThat("not ready: " + last, () -> !last.isReady());
        assertThat(last.readiness().orElseThrow().text("default.reason")).contains("no master is known");
        assertThat(last.liveness().up()).isTrue();
        assertThat(last.write("greeting", "alone").status()).isEqualTo(503);

        group.start(group.without(last));
        group.awaitReady(group.sites());
        assertThat(group.awaitMaster(generation + 1).generation()).isGreaterThan(generation);
    }
}
