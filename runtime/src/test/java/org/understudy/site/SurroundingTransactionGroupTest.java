package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.Environment;
import org.understudy.NotMasterException;
import org.understudy.Outcome;

/** Surrounding transactions on the sites of a group, and in a second process of one. */
class SurroundingTransactionGroupTest {
    @TempDir
    Path folder;

    private final ThreadTransactions surroundings = new ThreadTransactions();

    private TestGroup group(boolean forwards) {
        return new TestGroup(
                folder, 2, builder -> builder.forwardWrites(forwards).surroundingTransactions(surroundings));
    }

    @Test
    void a_client_that_forwards_nothing_refuses_the_write_at_once_and_goes_on_reading() {
        try (TestGroup group = group(false)) {
            group.startAll();
            names(group.master()).put("a", "1");
            group.converged();
            Environment client = group.client();
            surroundings.begin();
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(client).put("a", "2"))
                    .satisfies(e -> assertThat(e.master())
                            .isEqualTo(group.master().config().localSite()));
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> client.write(txn -> names(client).delete(txn, "a")));
            assertThat(names(client).get("a")).contains("1");
            assertThat(surroundings.commit()).isEqualTo(CommitToken.NONE);
        }
    }

    @Test
    void a_client_that_forwards_commits_it_at_the_master() {
        try (TestGroup group = group(true)) {
            group.startAll();
            group.master();
            Environment client = group.client();
            surroundings.begin();
            names(client).put("a", "1");
            names(client).put("b", "2");
            CommitToken token = surroundings.commit();
            assertThat(group.master().awaitOutcome(token, TestGroup.PATIENCE)).isEqualTo(Outcome.PERMANENT);
            assertThat(group.converged()).containsEntry("a", "1").containsEntry("b", "2");
        }
    }

    @Test
    void a_second_process_of_the_site_has_it_as_well_and_another_thread_may_end_it() {
        try (TestGroup group = group(false)) {
            group.startAll();
            int master = group.indexOf(group.master());
            try (Environment second = Environment.open(group.config(master).build())) {
                surroundings.begin();
                names(second).put("a", "1");
                assertThat(names(second).get("a")).contains("1");
                assertThat(surroundings.commit().isNone()).isFalse();

                surroundings.begin();
                names(second).put("a", "2");
                CompletableFuture.runAsync(surroundings.transaction()::rollback).join();
                surroundings.leave();
                assertThat(names(second).get("a")).contains("1");
            }
        }
    }
}
