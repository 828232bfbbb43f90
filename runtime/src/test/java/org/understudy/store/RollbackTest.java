package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.Durability;
import org.understudy.LockoutException;
import org.understudy.ReplicationPanicException;
import org.understudy.SnapshotLostException;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.GroupTerms;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** Taking records back (protocol.md §5). */
class RollbackTest {
    @TempDir
    Path folder;

    private Site site;
    private Standing match;

    @BeforeEach
    void open() {
        site = new Site(folder.resolve("site"), Site.OPTIONS.withLockoutTimeout(Duration.ZERO), new MemoryLog());
        site.newGeneration();
        site.put("names", "a", "1");
        match = site.log.last();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void everything_a_record_carried_is_taken_back() {
        GenerationHistory history = site.store.history();
        MemberTable before =
                new MemberTable(new UUID(1, 1), 1, GroupTerms.of(Durability.SYNC, 1000), List.of(), List.of());
        site.applyOwn(membership(MemberTable.NONE, before));
        match = site.log.last();
        site.put("names", "a", "2");
        site.applyOwn(membership(before, before.withJoining("node2:7000", new UUID(2, 2), false, 100)));
        site.applyOwn(membership(site.store.members(), before.withJoining("node3:7000", new UUID(3, 3), true, 0)));
        site.newGeneration();
        site.put("names", "b", "3");

        Undone undone = site.rollback(match.lsn());

        assertThat(undone.from()).isEqualTo(new Standing(2, match.lsn() + 1));
        assertThat(undone.to()).isEqualTo(new Standing(3, match.lsn() + 5));
        assertThat(undone.transactions())
                .containsExactly(new Standing(2, match.lsn() + 1), new Standing(3, match.lsn() + 5));
        for (int i = 0; i < 2; i++) {
            assertThat(site.store.applied()).isEqualTo(match);
            assertThat(site.store.history()).isEqualTo(history);
            assertThat(site.store.members()).isEqualTo(before);
            assertThat(site.get("names", "a")).contains("1");
            assertThat(site.get("names", "b")).isEmpty();
            site.reopen();
        }
    }

    @Test
    void the_value_before_a_change_is_the_one_its_own_batch_wrote_before_it() {
        PreparedCommits prepared = site.commit(
                BlindWrite.put("names", bytes("a"), bytes("2")),
                BlindWrite.put("names", bytes("a"), bytes("3")),
                BlindWrite.delete("names", bytes("a")),
                BlindWrite.put("names", bytes("a"), bytes("4")));
        site.rollback(prepared.lsn(2));
        assertThat(site.get("names", "a")).isEmpty();
        site.rollback(prepared.lsn(1));
        assertThat(site.get("names", "a")).contains("3");
        site.rollback(prepared.lsn(0));
        assertThat(site.get("names", "a")).contains("2");
    }

    @Test
    void a_crash_between_the_flush_and_the_cut_is_noticed_at_the_next_opening() {
        site.put("names", "a", "2");
        site.store.rollback(site.log, match, site.log.lastLsn());
        assertThat(site.store.pendingCut()).contains(match);
        assertThatThrownBy(() -> site.put("names", "b", "1")).isInstanceOf(IllegalStateException.class);
        try (Site copy = site.crashed(folder.resolve("copy"))) {
            assertThat(copy.log.last()).isEqualTo(match);
            assertThat(copy.store.pendingCut()).isEmpty();
            assertThat(copy.get("names", "a")).contains("1");
            copy.put("names", "a", "new");
            copy.reopen();
            assertThat(copy.get("names", "a")).contains("new");
        }
    }

    @Test
    void a_crash_before_the_flush_leaves_what_was_and_it_can_be_taken_back_again() {
        site.put("names", "a", "2");
        site.store.flush();
        site.put("names", "a", "3");
        try (Site copy = site.crashed(folder.resolve("copy"))) {
            assertThat(copy.get("names", "a")).contains("3");
            copy.rollback(match.lsn());
            assertThat(copy.get("names", "a")).contains("1");
        }
    }

    @Test
    void records_that_were_not_applied_are_kept_and_named_too() {
        site.put("names", "a", "2");
        site.log.append(new RecordBatchBuilder()
                .add(9, site.log.lastLsn() + 1, RecordKind.GENERATION, new byte[0])
                .build());
        Undone undone = site.rollback(match.lsn());
        assertThat(undone.to()).isEqualTo(new Standing(9, match.lsn() + 2));
        assertThat(site.get("names", "a")).contains("1");
    }

    @Test
    void what_was_taken_back_is_kept_in_a_file() throws IOException {
        site.put("names", "a", "a secret of the lost");
        site.rollback(match.lsn());
        try (Stream<Path> files = Files.list(site.home.resolve("rolled-back"))) {
            List<Path> kept = files.toList();
            assertThat(kept).hasSize(1);
            assertThat(new String(Files.readAllBytes(kept.get(0)), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("a secret of the lost");
        }
    }

    @Test
    void nothing_permanent_is_ever_taken_back() {
        site.put("names", "a", "2");
        site.store.savePermanent(site.log.lastLsn());
        assertThatThrownBy(() -> site.rollback(match.lsn())).isInstanceOf(ReplicationPanicException.class);
        assertThat(site.get("names", "a")).contains("2");
    }

    @Test
    void snapshots_above_the_match_point_end_and_those_below_go_on() {
        StoreTransaction below = site.store.begin(true);
        assertThat(below.get("names", bytes("a"))).contains(bytes("1"));
        site.put("names", "a", "2");
        StoreTransaction above = site.store.begin(true);
        StoreCursor cursor = above.cursor("names", ByteRange.ALL, Direction.FORWARDS);
        StoreTransaction unread = site.store.begin(true);
        site.rollback(match.lsn());
        assertThat(below.get("names", bytes("a"))).contains(bytes("1"));
        assertThat(unread.get("names", bytes("a"))).contains(bytes("1"));
        assertThatThrownBy(() -> above.get("names", bytes("a"))).isInstanceOf(SnapshotLostException.class);
        assertThatThrownBy(cursor::next).isInstanceOf(SnapshotLostException.class);
        List.of(below, above, unread).forEach(StoreTransaction::close);
    }

    @Test
    void reads_are_locked_out_until_they_are_let_in() {
        StoreTransaction transaction = site.store.begin(true);
        transaction.get("names", bytes("a"));
        Lockout outer = site.store.lockOut();
        Lockout inner = site.store.lockOut();
        inner.close();
        inner.close();
        assertThatThrownBy(() -> site.get("names", "a")).isInstanceOf(LockoutException.class);
        assertThatThrownBy(() -> transaction.get("names", bytes("a"))).isInstanceOf(LockoutException.class);
        transaction.close();
        outer.close();
        assertThat(site.get("names", "a")).contains("1");
        site.store.expireTransactions();
    }

    @Test
    void S48_a_transaction_that_does_not_wait_is_refused_at_once_and_works_afterwards() {
        site.close();
        site = new Site(folder.resolve("patient"), Site.OPTIONS.withLockoutTimeout(Duration.ofDays(1)), site.log);
        try (StoreTransaction transaction = site.store.begin(true, false, true)) {
            Lockout lockout = site.store.lockOut();
            assertThatThrownBy(() -> transaction.get("names", bytes("a")))
                    .isInstanceOf(LockoutException.class)
                    .hasMessageContaining("no-wait");
            lockout.close();
            assertThat(transaction.get("names", bytes("a"))).contains(bytes("1"));
        }
    }

    @Test
    void S48_a_read_waits_for_the_end_of_a_lockout() {
        site.close();
        site = new Site(folder.resolve("patient"), Site.OPTIONS, site.log);
        Lockout lockout = site.store.lockOut();
        CompletableFuture<Boolean> read =
                CompletableFuture.supplyAsync(() -> site.get("names", "a").isPresent());
        lockout.close();
        assertThat(read.join()).isTrue();
    }

    @Test
    void an_empty_rollback_does_nothing() {
        assertThat(site.store.rollback(site.log, match, match.lsn()).isEmpty()).isTrue();
        assertThat(site.store.pendingCut()).isEmpty();
    }

    private RecordBatch membership(MemberTable before, MemberTable after) {
        return new RecordBatchBuilder()
                .add(
                        site.generation,
                        site.log.lastLsn() + 1,
                        RecordKind.MEMBERSHIP,
                        new MembershipChange(before, after).encode())
                .build();
    }
}
