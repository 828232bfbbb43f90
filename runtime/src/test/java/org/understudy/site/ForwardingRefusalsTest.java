package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.InsufficientSitesException;
import org.understudy.NotMasterException;
import org.understudy.Outcome;
import org.understudy.RecordTooLargeException;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;

/** What a client is told when the master has not taken, or not kept, what was written on it (protocol.md §9; S79 of berkeley-db.md). */
@Timeout(120)
class ForwardingRefusalsTest {
    private static final TransactionOptions ALL = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.ALL);

    @TempDir
    Path folder;

    @Test
    void S79_with_the_setting_off_here_the_client_is_told_who_is_master() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            names(group.start(0)).put("k", "v");
            group.start(1);
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(group.site(1)).put("a", "1"))
                    .satisfies(e -> assertThat(e.master()).contains(group.name(0)));
        }
    }

    @Test
    void S79_with_the_setting_off_at_the_master_the_client_is_told_which_one_lacks_it() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            names(group.start(0)).put("k", "v");
            group.open(1, ForwardingGroups::forwarding).start();
            assertThatExceptionOfType(NotMasterException.class)
                    .isThrownBy(() -> names(group.site(1)).put("a", "1"))
                    .withMessageContaining("takes no forwarded writes")
                    .satisfies(e -> assertThat(e.master()).contains(group.name(0)));
        }
    }

    @Test
    void S79_without_a_master_nothing_is_written_and_that_is_certain() {
        try (TestGroup group = ForwardingGroups.pair(
                folder, builder -> builder.set("forward-timeout", "2s").set("ack-timeout", "2s"))) {
            group.site(1).awaitOutcome(names(group.site(0)).put("x", "1"), TestGroup.PATIENCE);
            group.close(0);
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> group.site(1).master().isEmpty());
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> names(group.site(1)).put("a", "1"))
                    .withMessageContaining("Nothing was written")
                    .satisfies(e -> assertThat(e.isRetriable()).isTrue());
        }
    }

    @Test
    void S79_errors_at_the_master_come_to_the_client_as_they_are() {
        try (TestGroup group = ForwardingGroups.pair(folder, builder -> builder.set("max-record", "64KiB"))) {
            Environment client = group.site(1);
            char[] large = new char[70_000];
            Arrays.fill(large, 'x');
            assertThatExceptionOfType(RecordTooLargeException.class)
                    .isThrownBy(() -> names(client).put("a", new String(large)));
            assertThat(names(client).get("a")).isEmpty();
        }
    }

    /** A client that has written, in a group of three of which one is gone, and its master knows. */
    private static Environment clientOfTwoThatAreLeft(TestGroup group) {
        group.start(0);
        group.start(1);
        group.start(2);
        Environment client = group.site(1);
        names(client).put("a", "1");
        group.close(2);
        await().atMost(TestGroup.PATIENCE).until(() -> !group.site(0)
                .status()
                .site(group.name(2))
                .orElseThrow()
                .connected());
        return client;
    }

    @Test
    void S79_a_policy_that_is_not_met_is_told_with_the_commit_which_stands() {
        // It fails when the time is over, and not at once, before the other could acknowledge it.
        try (TestGroup group = ForwardingGroups.of(
                folder, 3, builder -> builder.set("ack-timeout", "1s").set("connection-grace", "30s"))) {
            Environment client = clientOfTwoThatAreLeft(group);
            assertThatExceptionOfType(InsufficientAcksException.class)
                    .isThrownBy(() -> client.write(ALL, txn -> names(client).put(txn, "a", "2")))
                    .satisfies(e -> {
                        assertThat(e.ackedSites()).containsExactly(group.name(1));
                        assertThat(client.awaitOutcome(e.token(), TestGroup.PATIENCE))
                                .isEqualTo(Outcome.PERMANENT);
                    });
            assertThat(names(client).get("a")).contains("2");
        }
    }

    @Test
    void S79_what_the_master_refuses_for_lack_of_sites_is_refused_to_the_client() {
        try (TestGroup group = ForwardingGroups.of(
                folder, 3, builder -> builder.refuseUnreplicated(true).set("ack-timeout", "1s"))) {
            Environment client = clientOfTwoThatAreLeft(group);
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThatExceptionOfType(
                            InsufficientSitesException.class)
                    .isThrownBy(() -> client.write(ALL, txn -> names(client).put(txn, "a", "2"))));
        }
    }

    @Test
    void the_names_of_the_librarys_own_databases_are_refused() {
        try (TestGroup group = ForwardingGroups.pair(folder)) {
            names(group.site(1)).put("a", "1");
            for (String own : List.of("understudy.forwarding", "understudy.other")) {
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> group.site(0).database(own, Codecs.STRING, Codecs.STRING));
                assertThatExceptionOfType(IllegalArgumentException.class)
                        .isThrownBy(() -> group.site(0).removeDatabase(own));
            }
            assertThat(group.site(0).databaseNames()).containsExactly("names");
        }
    }
}
