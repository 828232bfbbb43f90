package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.NotMasterException;
import org.understudy.OutcomeUnknownException;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.event.RolledBack;

/** Mastership moves between real sites, in order and not. */
@Timeout(120)
class GroupMastershipTest {
    @TempDir
    Path folder;

    @Test
    void when_the_master_closes_another_takes_over_and_the_old_one_comes_back_as_a_client() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment first = group.master();
            int index = group.indexOf(first);
            names(first).put("k", "v");
            group.close(index);
            Environment second = group.master();
            assertThat(second).isNotSameAs(first);
            names(second).put("k", "w");
            group.start(index);
            assertThat(group.converged()).containsEntry("k", "w");
            assertThat(group.site(index).role()).isEqualTo(Role.CLIENT);
        }
    }

    @Test
    void mastership_is_handed_to_the_site_that_is_named() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment client = group.client();
            String target = client.config().localSite().orElseThrow();
            client.transferMastership(target);
            await().atMost(TestGroup.PATIENCE).until(() -> client.role() == Role.MASTER);
            names(client).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }

    @Test
    void an_order_that_names_nobody_is_refused() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Environment master = group.start(0);
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> master.transferMastership("localhost:1"))
                    .withMessageContaining("localhost:1");
        }
    }

    @Test
    void S51_what_only_an_old_master_had_is_rolled_back_and_named() {
        TransactionOptions alone = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("quorum-loss-timeout", "30s"))) {
            group.startAll();
            Environment old = group.master();
            int index = group.indexOf(old);
            names(old).put("kept", "v");
            group.converged();
            for (int site = 0; site < 3; site++) {
                if (site != index) {
                    group.close(site);
                }
            }
            CommitToken lost = old.write(alone, txn -> names(old).put(txn, "lost", "v"));
            group.close(index);
            for (int site = 0; site < 3; site++) {
                if (site != index) {
                    group.open(site).startAsync();
                }
            }
            names(group.master()).put("new", "v");
            group.start(index);
            assertThat(group.converged()).containsOnlyKeys("kept", "new");
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(index, RolledBack.class))
                    .flatExtracting(RolledBack::tokens)
                    .containsExactly(lost));
        }
    }

    @Test
    void a_master_that_loses_its_majority_steps_down_and_tells_those_who_wait() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            for (int site = 0; site < 3; site++) {
                if (group.site(site) != master) {
                    group.close(site);
                }
            }
            assertThatExceptionOfType(ReplicationException.class)
                    .isThrownBy(() -> names(master).put("k", "v"))
                    .satisfies(e -> assertThat(e)
                            .isInstanceOfAny(
                                    InsufficientAcksException.class,
                                    OutcomeUnknownException.class,
                                    NotMasterException.class));
            await().atMost(TestGroup.PATIENCE).until(() -> master.role() == Role.CLIENT);
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(master).put("k", "v"));
        }
    }
}
