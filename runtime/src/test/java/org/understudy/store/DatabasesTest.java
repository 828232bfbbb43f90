package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creating, removing, renaming and truncating databases, and taking it back. */
class DatabasesTest {
    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder.resolve("site"));
        site.newGeneration();
        site.put("one", "k", "1");
        site.put("two", "k", "2");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_removed_database_is_empty_and_may_begin_anew() {
        site.commit(DatabaseCommand.remove("one"));
        assertThat(site.store.databaseNames()).containsExactly("two");
        assertThat(site.get("one", "k")).isEmpty();
        site.put("one", "other", "3");
        assertThat(site.get("one", "k")).isEmpty();
        assertThat(site.get("one", "other")).contains("3");
        site.reopen();
        assertThat(site.get("one", "k")).isEmpty();
        assertThat(site.get("one", "other")).contains("3");
    }

    @Test
    void removing_what_is_not_there_makes_no_record() {
        PreparedCommits prepared = site.commit(DatabaseCommand.remove("none"), BlindWrite.truncate("none"));
        assertThat(prepared.records()).isEmpty();
        assertThat(prepared.lsn(0)).isZero();
        assertThat(prepared.failure(0)).isEmpty();
    }

    @Test
    void a_renamed_database_keeps_its_keys() {
        site.commit(DatabaseCommand.rename("one", "three"));
        assertThat(site.get("one", "k")).isEmpty();
        assertThat(site.get("three", "k")).contains("1");
    }

    @Test
    void a_rename_onto_another_or_from_none_is_refused() {
        PreparedCommits prepared =
                site.commit(DatabaseCommand.rename("one", "two"), DatabaseCommand.rename("none", "three"));
        assertThat(prepared.failure(0).orElseThrow()).isInstanceOf(IllegalArgumentException.class);
        assertThat(prepared.failure(1).orElseThrow()).isInstanceOf(IllegalArgumentException.class);
        assertThat(prepared.records()).isEmpty();
    }

    @Test
    void commits_of_one_batch_see_what_those_before_did_to_the_databases() {
        PreparedCommits prepared = site.commit(
                DatabaseCommand.remove("one"),
                BlindWrite.put("one", bytes("new"), bytes("3")),
                DatabaseCommand.rename("one", "three"),
                BlindWrite.put("three", bytes("new"), bytes("4")),
                BlindWrite.truncate("two"),
                BlindWrite.put("two", bytes("new"), bytes("5")));
        assertThat(prepared.count()).isEqualTo(6);
        assertThat(site.store.databaseNames()).containsExactly("three", "two");
        assertThat(site.get("three", "new")).contains("4");
        assertThat(site.get("two", "new")).contains("5");
        assertThat(site.get("two", "k")).isEmpty();
    }

    @Test
    void all_of_it_is_taken_back_by_a_rollback() {
        long match = site.log.lastLsn();
        site.put("one", "k", "changed");
        site.commit(DatabaseCommand.remove("one"));
        site.put("one", "fresh", "3");
        site.commit(BlindWrite.truncate("two"));
        site.put("two", "fresh", "4");
        site.commit(DatabaseCommand.rename("two", "three"));
        site.put("four", "fresh", "5");
        site.reopen();
        assertThat(site.store.databaseNames()).containsExactly("four", "one", "three");
        assertThat(site.rollback(match).transactions())
                .as("what anybody has a token of: seven commits, not the two creations")
                .hasSize(7);
        for (int i = 0; i < 2; i++) {
            assertThat(site.store.databaseNames()).containsExactly("one", "two");
            assertThat(site.get("one", "k")).contains("1");
            assertThat(site.get("two", "k")).contains("2");
            assertThat(site.get("one", "fresh")).isEmpty();
            assertThat(site.get("two", "fresh")).isEmpty();
            site.reopen();
        }
        site.put("four", "other", "6");
        assertThat(site.get("four", "fresh")).isEmpty();
    }

    @Test
    void a_removed_databases_data_goes_once_that_is_permanent() {
        site.commit(DatabaseCommand.remove("one"));
        site.commit(BlindWrite.truncate("two"));
        try (StoreTransaction old = site.store.begin(true)) {
            assertThat(old.get("two", bytes("k"))).isEmpty();
            site.store.onPermanent(site.log.lastLsn());
            site.put("two", "k", "3");
            assertThat(old.get("two", bytes("k"))).isEmpty();
        }
        site.store.expireTransactions();
        site.reopen();
        assertThat(site.store.databaseNames()).containsExactly("two");
        assertThat(site.get("two", "k")).contains("3");
    }

    @Test
    void a_snapshot_goes_on_reading_what_is_dropped_meanwhile() {
        try (StoreTransaction old = site.store.begin(true)) {
            assertThat(old.get("one", bytes("k"))).contains(bytes("1"));
            site.commit(DatabaseCommand.remove("one"));
            site.store.onPermanent(site.log.lastLsn());
            site.store.expireTransactions();
            assertThat(old.get("one", bytes("k"))).contains(bytes("1"));
            assertThat(old.count("one")).isEqualTo(1);
        }
        site.store.expireTransactions();
        assertThat(site.get("one", "k")).isEmpty();
    }

    @Test
    void a_drop_that_a_crash_follows_is_replayed() {
        site.store.flush();
        site.commit(DatabaseCommand.remove("one"));
        site.store.onPermanent(site.log.lastLsn());
        try (Site copy = site.crashed(folder.resolve("copy"))) {
            assertThat(copy.store.databaseNames()).containsExactly("two");
        }
    }
}
