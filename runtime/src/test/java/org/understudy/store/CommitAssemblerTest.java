package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.RecordTooLargeException;

class CommitAssemblerTest {
    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder);
        site.newGeneration();
        site.put("names", "a", "1");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_record_that_is_too_large_is_refused_and_the_others_go_on_without_it() {
        site.limitRecords(1000);
        PreparedCommits prepared = site.commit(
                BlindWrite.put("names", bytes("a"), bytes("2")),
                BlindWrite.put("names", bytes("a"), new byte[2000]),
                BlindWrite.put("names", bytes("b"), bytes("3")));
        assertThat(prepared.failure(1).orElseThrow())
                .isInstanceOfSatisfying(RecordTooLargeException.class, e -> assertThat(e.maxBytes())
                        .isEqualTo(1000));
        assertThat(prepared.lsn(1)).isZero();
        assertThat(prepared.lsn(2)).isEqualTo(prepared.lsn(0) + 1);
        assertThat(site.get("names", "a")).contains("2");
        assertThat(site.get("names", "b")).contains("3");
        site.rollback(prepared.lsn(0) - 1);
        assertThat(site.get("names", "a")).contains("1");
    }

    @Test
    void what_a_value_replaces_counts_for_the_size_of_the_record() {
        site.commit(BlindWrite.put("names", bytes("a"), new byte[600]));
        site.limitRecords(1000);
        PreparedCommits prepared = site.commit(
                BlindWrite.put("names", bytes("a"), new byte[600]), BlindWrite.put("names", bytes("b"), new byte[600]));
        assertThat(prepared.failure(0).orElseThrow()).isInstanceOf(RecordTooLargeException.class);
        assertThat(prepared.failure(1)).isEmpty();
    }

    @Test
    void more_than_a_batch_holds_is_left_for_the_next() {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            commits.add(BlindWrite.put("database" + i, bytes("k"), new byte[1 << 20]));
        }
        int done = 0;
        int batches = 0;
        while (done < commits.size()) {
            PreparedCommits prepared = site.commit(commits.subList(done, commits.size()));
            assertThat(prepared.count()).isPositive();
            done += prepared.count();
            batches++;
        }
        assertThat(batches).isGreaterThan(2);
        assertThat(site.store.databaseNames()).hasSize(11);
        for (int i = 0; i < 10; i++) {
            assertThat(site.store.contains("database" + i, bytes("k"))).isTrue();
        }
    }

    @Test
    void a_single_record_may_be_larger_than_a_batch() {
        PreparedCommits prepared = site.commit(BlindWrite.put("names", bytes("large"), new byte[9 << 20]));
        assertThat(prepared.failure(0)).isEmpty();
        assertThat(site.store.get("names", bytes("large")).orElseThrow()).hasSize(9 << 20);
    }

    @Test
    void what_is_prepared_is_seen_only_once_it_is_written() {
        List<Commit> commits = List.of(BlindWrite.put("fresh", bytes("a"), bytes("2")));
        PreparedCommits prepared = site.store.commits().prepare(commits, site.generation, site.log.lastLsn() + 1);
        assertThat(site.store.databaseNames()).containsExactly("names");
        assertThatThrownBy(() -> site.commit(commits)).isInstanceOf(IllegalStateException.class);
        site.store.commits().abandon(prepared);
        assertThatThrownBy(() -> site.store.commits().write(prepared)).isInstanceOf(IllegalStateException.class);
        site.commit(commits);
        assertThat(site.get("fresh", "a")).contains("2");
    }

    @Test
    void an_lsn_that_does_not_follow_is_refused() {
        assertThatThrownBy(() -> site.store
                        .commits()
                        .prepare(
                                List.of(BlindWrite.delete("names", bytes("a"))),
                                site.generation,
                                site.log.lastLsn() + 2))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_transaction_in_use_is_not_committed() {
        StoreTransaction transaction = site.store.begin(false);
        transaction.get("names", bytes("a"));
        transaction.put("names", bytes("a"), bytes("2"));
        assertThat(transaction.occupy()).isTrue();
        assertThat(site.commit(transaction).failure(0).orElseThrow()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transaction.get("names", bytes("b"))).isInstanceOf(IllegalStateException.class);
        transaction.vacate();
        assertThat(site.commit(transaction).failure(0)).isEmpty();
        transaction.close();
    }

    @Test
    void a_transaction_that_wrote_nothing_makes_no_record() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.get("names", bytes("a"));
            PreparedCommits prepared = site.commit(transaction);
            assertThat(prepared.records()).isEmpty();
            assertThat(prepared.lsn(0)).isZero();
        }
    }
}
