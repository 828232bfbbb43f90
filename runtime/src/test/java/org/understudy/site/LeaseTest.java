package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.PATIENCE;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ConfigurationException;
import org.understudy.Consistency;
import org.understudy.ConsistencyTimeoutException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;
import org.understudy.TransactionOptions;

/** Leases on real groups (protocol.md §4.5). */
class LeaseTest {

    @TempDir
    Path folder;

    private TestGroup threeSites() {
        TestGroup group = new TestGroup(folder, 3, builder -> builder.set("lease", "1s")
                .set("read-timeout", "20s")
                .set("quorum-loss-timeout", "20s"));
        group.start(0);
        group.start(1);
        group.start(2);
        return group;
    }

    @Test
    void S74_reads_under_a_lease_end_with_it_and_begin_again_with_the_next() {
        try (TestGroup group = threeSites()) {
            Environment master = group.master();
            names(master).put("key", "value");
            for (Environment site : group.running()) {
                assertThat(names(site).get("key", Consistency.LATEST)).contains("value");
            }
            await().atMost(PATIENCE).until(() -> !master.status().lease().held().isZero());
            await().atMost(PATIENCE)
                    .until(() -> !group.client().status().lease().promised().isZero());
            int staying = group.indexOf(master);
            List<Integer> leaving =
                    List.of(0, 1, 2).stream().filter(site -> site != staying).toList();
            leaving.forEach(group::close);
            // Long before quorum-loss-timeout: it is the lease that has run out.
            await().atMost(Duration.ofSeconds(15)).until(() -> master.role() == Role.CLIENT);
            assertThatThrownBy(() -> master.begin(TransactionOptions.READ_ONLY
                            .withConsistency(Consistency.LATEST)
                            .withReadTimeout(Duration.ofMillis(200))))
                    .isInstanceOf(ConsistencyTimeoutException.class);

            leaving.forEach(group::open);
            leaving.forEach(site -> group.site(site).startAsync());
            assertThat(names(master).get("key", Consistency.LATEST)).contains("value");
            names(group.master()).put("key", "newer");
            assertThat(names(master).get("key", Consistency.LATEST)).contains("newer");
        }
    }

    @Test
    void a_handover_does_not_wait_for_the_lease_to_run_out_and_no_commit_is_lost() {
        try (TestGroup group = threeSites()) {
            for (int round = 0; round < 4; round++) {
                names(group.master()).put("round", String.valueOf(round));
                Environment next = group.client();
                next.transferMastership(next.config().localSite().orElseThrow());
                assertThat(next.role()).isEqualTo(Role.MASTER);
                assertThat(names(next).get("round", Consistency.LATEST)).contains(String.valueOf(round));
            }
        }
    }

    @Test
    void S75_a_lease_too_short_to_be_kept_is_refused_and_a_clients_own_setting_does_not_count() {
        EnvironmentConfig usual = EnvironmentConfig.builder(folder.resolve("x")).build();
        for (String tooShort : List.of("999ms", "10ms")) {
            assertThatThrownBy(() -> usual.toBuilder().set("lease", tooShort).build())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("lease = " + tooShort);
        }
        assertThatThrownBy(() -> usual.toBuilder()
                        .set("lease", "1s")
                        .set("heartbeat-send", "600ms")
                        .set("heartbeat-monitor", "2s")
                        .build())
                .hasMessageContaining("twice heartbeat-send");
        assertThatThrownBy(() -> usual.toBuilder()
                        .set("lease", "3s")
                        .set("two-site-strict", "false")
                        .build())
                .hasMessageContaining("two-site-strict");
        // The group's creator decides: the others have no setting of their own here.
        try (TestGroup group = new TestGroup(
                folder, 2, builder -> builder.build().groupCreator() ? builder.set("lease", "1s") : builder)) {
            Environment creator = group.start(0);
            group.start(1);
            await().atMost(PATIENCE).until(() -> creator.status().sites().size() == 2);
            names(creator).put("key", "value");
            assertThat(names(creator).get("key", Consistency.LATEST)).contains("value");
            group.close(1);
            await().atMost(PATIENCE).until(() -> creator.role() == Role.CLIENT);
        }
    }
}
