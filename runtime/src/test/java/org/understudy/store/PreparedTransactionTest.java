package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BranchDecision;
import org.understudy.BranchException;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.ByteRange;
import org.understudy.ConflictException;
import org.understudy.Direction;
import org.understudy.PreparedBranch;
import org.understudy.Standing;

/** A prepared transaction holds what it read and writes until it is decided, which it is once (protocol.md §8.1). */
class PreparedTransactionTest {
    private static final BranchId BRANCH = new BranchId(7, "0a", "01");
    private static final long MASTERS_MILLIS = 5_000;
    private static final BranchId OTHER = new BranchId(7, "0a", "02");

    @TempDir
    Path folder;

    private Site site;
    private long nowMillis = 1_000;

    @BeforeEach
    void open() {
        site = new Site(folder);
        site.newGeneration();
        site.put("names", "a", "1");
        site.put("names", "b", "1");
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** Reads a, writes b. */
    private Preparation readsAWritesB(BranchId branch, String value) {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.get("names", bytes("a"));
            transaction.put("names", bytes("b"), bytes(value));
            return new Preparation(branch, "node1:7000", nowMillis, transaction);
        }
    }

    private PreparedCommits prepare(BranchId branch, String value) {
        PreparedCommits prepared = site.commit(readsAWritesB(branch, value));
        assertThat(prepared.failure(0)).isEmpty();
        return prepared;
    }

    private PreparedCommits decide(BranchDecision word) {
        return site.commit(new Decision(BRANCH, word, nowMillis));
    }

    private BranchState refused(PreparedCommits decision) {
        return ((BranchException) decision.failure(0).orElseThrow()).state();
    }

    private static Commit put(String key, String value) {
        return BlindWrite.put("names", bytes(key), bytes(value));
    }

    private void assertHeld() {
        assertConflict(put("b", "9"));
        assertConflict(put("a", "9"));
        assertConflict(BlindWrite.truncate("names"));
        assertConflict(DatabaseCommand.remove("names"));
        assertConflict(DatabaseCommand.rename("names", "people"));
        assertThat(site.commit(put("c", "9")).failure(0)).isEmpty();
    }

    private void assertConflict(Commit commit) {
        assertThat(site.commit(commit).failure(0).orElseThrow())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(BRANCH.toString());
    }

    @Test
    void what_is_prepared_is_not_seen_and_what_it_read_and_writes_is_held() {
        prepare(BRANCH, "2");
        assertThat(site.get("names", "b")).contains("1");
        assertHeld();
        assertThat(site.store.databaseNames()).containsExactly("names");
        assertThat(site.store.preparedBranches()).singleElement().satisfies(branch -> {
            assertThat(branch.id()).isEqualTo(BRANCH);
            assertThat(branch.state()).isEqualTo(BranchState.PREPARED);
            assertThat(branch.site()).isEqualTo("node1:7000");
            assertThat(branch.preparedAt().toEpochMilli()).isEqualTo(nowMillis);
        });
    }

    @Test
    void who_only_reads_what_is_held_is_in_nobodys_way() {
        prepare(BRANCH, "2");
        try (StoreTransaction reader = site.store.begin(false)) {
            reader.get("names", bytes("b"));
            reader.put("names", bytes("c"), bytes("1"));
            assertThat(site.commit(reader).failure(0)).isEmpty();
        }
    }

    @Test
    void committing_makes_the_writes_and_lets_go() {
        prepare(BRANCH, "2");
        assertThat(decide(BranchDecision.COMMIT).failure(0)).isEmpty();
        assertThat(site.get("names", "b")).contains("2");
        assertThat(site.commit(put("a", "9"), put("b", "9")).failure(1)).isEmpty();
        assertThat(site.store.preparedBranches()).isEmpty();
    }

    @Test
    void rolling_back_makes_no_write_and_lets_go() {
        prepare(BRANCH, "2");
        assertThat(decide(BranchDecision.ROLL_BACK).failure(0)).isEmpty();
        assertThat(site.get("names", "b")).contains("1");
        assertThat(site.commit(put("a", "9"), put("b", "9")).failure(1)).isEmpty();
    }

    @Test
    void a_decision_that_comes_again_is_confirmed_with_its_first_commit_and_does_nothing() {
        prepare(BRANCH, "2");
        PreparedCommits first = decide(BranchDecision.COMMIT);
        site.put("names", "b", "3");
        PreparedCommits second = decide(BranchDecision.COMMIT);
        assertThat(second.earlier(0)).contains(new Standing(site.generation, first.lsn(0)));
        assertThat(second.lsn(0)).isGreaterThan(first.lsn(0));
        assertThat(site.get("names", "b")).contains("3");
        assertThat(refused(decide(BranchDecision.ROLL_BACK))).isEqualTo(BranchState.COMMITTED);
        assertThat(refused(decide(BranchDecision.ROLL_BACK_BY_HAND))).isEqualTo(BranchState.COMMITTED);
    }

    @Test
    void what_one_batch_prepares_is_held_from_the_rest_of_it_and_what_it_decides_is_free() {
        Preparation preparation = readsAWritesB(BRANCH, "2");
        PreparedCommits batch = site.commit(
                preparation, put("a", "8"), new Decision(BRANCH, BranchDecision.COMMIT, nowMillis), put("a", "9"));
        assertThat(batch.failure(1).orElseThrow()).isInstanceOf(ConflictException.class);
        assertThat(batch.failure(3)).isEmpty();
        assertThat(site.get("names", "a")).contains("9");
        assertThat(site.get("names", "b")).contains("2");
    }

    @Test
    void the_next_master_holds_it_before_its_first_commit_and_decides_it() {
        prepare(BRANCH, "2");
        site.reopen();
        site.newGeneration();
        assertHeld();
        assertThat(decide(BranchDecision.COMMIT).failure(0)).isEmpty();
        assertThat(site.get("names", "b")).contains("2");
        assertThat(site.get("names", "a")).contains("1");
    }

    @Test
    void what_waits_is_read_anew_only_when_a_record_has_changed_it() {
        prepare(BRANCH, "2");
        List<PreparedBranch> prepared = site.store.preparedBranches();
        site.put("names", "c", "1");
        assertThat(site.store.preparedBranches()).isSameAs(prepared);
        PreparedCommits decided = decide(BranchDecision.COMMIT_BY_HAND);
        assertThat(site.store.preparedBranches())
                .extracting(PreparedBranch::state)
                .containsExactly(BranchState.COMMITTED_BY_HAND);
        site.rollback(decided.lsn(0) - 1);
        assertThat(site.store.preparedBranches()).isEqualTo(prepared).isNotSameAs(prepared);
        site.reopen();
        assertThat(site.store.preparedBranches()).isEqualTo(prepared);
    }

    /** Who keeps house must not wait until data that goes back is here again: others wait for that thread. */
    @Test
    void what_waits_is_told_without_waiting_or_not_at_all() {
        prepare(BRANCH, "2");
        assertThat(site.store.preparedBranchesAtOnce()).contains(site.store.preparedBranches());
        try (Lockout lockout = site.store.lockOut()) {
            assertThat(lockout).isNotNull();
            assertThat(site.store.preparedBranchesAtOnce()).isEmpty();
        }
        assertThat(site.store.preparedBranchesAtOnce()).isPresent();
    }

    @Test
    void a_promise_that_is_undone_holds_nothing() {
        PreparedCommits prepared = prepare(BRANCH, "2");
        site.rollback(prepared.lsn(0) - 1);
        site.newGeneration();
        assertThat(site.commit(put("a", "9")).failure(0)).isEmpty();
        assertThat(refused(decide(BranchDecision.COMMIT))).isEqualTo(BranchState.UNKNOWN);
    }

    @Test
    void a_decision_that_is_undone_leaves_the_promise() {
        prepare(BRANCH, "2");
        PreparedCommits committed = decide(BranchDecision.COMMIT);
        site.rollback(committed.lsn(0) - 1);
        site.newGeneration();
        assertThat(site.get("names", "b")).contains("1");
        assertHeld();
        assertThat(decide(BranchDecision.COMMIT).failure(0)).isEmpty();
        assertThat(site.get("names", "b")).contains("2");
    }

    @Test
    void two_branches_share_what_they_read_and_nothing_that_one_of_them_writes() {
        prepare(BRANCH, "2");
        try (StoreTransaction shares = site.store.begin(false);
                StoreTransaction reads = site.store.begin(false)) {
            shares.get("names", bytes("a"));
            shares.put("names", bytes("c"), bytes("2"));
            reads.get("names", bytes("b"));
            reads.put("names", bytes("d"), bytes("2"));
            PreparedCommits tried = site.commit(
                    new Preparation(OTHER, "x", nowMillis, shares),
                    new Preparation(new BranchId(7, "0a", "03"), "x", nowMillis, reads));
            assertThat(tried.failure(0)).isEmpty();
            assertThat(tried.failure(1).orElseThrow()).isInstanceOf(ConflictException.class);
        }
    }

    @Test
    void protected_ranges_and_databases_that_were_absent_are_held() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.cursorForUpdate(
                    "names", new ByteRange(Optional.of(bytes("k")), Optional.of(bytes("m"))), Direction.FORWARDS);
            transaction.contains("orders", bytes("1"));
            transaction.put("names", bytes("z"), bytes("1"));
            assertThat(site.commit(new Preparation(BRANCH, "x", nowMillis, transaction))
                            .failure(0))
                    .isEmpty();
        }
        assertConflict(put("l", "1"));
        assertConflict(BlindWrite.put("orders", bytes("2"), bytes("1")));
        assertConflict(DatabaseCommand.rename("names", "orders"));
        assertThat(site.commit(put("m", "1")).failure(0)).isEmpty();
    }

    @Test
    void what_conflicts_is_not_prepared() {
        Preparation preparation = readsAWritesB(BRANCH, "2");
        site.put("names", "a", "9");
        assertThat(site.commit(preparation).failure(0).orElseThrow()).isInstanceOf(ConflictException.class);
        assertThat(site.store.preparedBranches()).isEmpty();
    }

    @Test
    void an_id_is_prepared_once() {
        prepare(BRANCH, "2");
        assertThat(refused(site.commit(new Preparation(BRANCH, "x", nowMillis, writing("c")))))
                .isEqualTo(BranchState.PREPARED);
        decide(BranchDecision.COMMIT);
        assertThat(refused(site.commit(new Preparation(BRANCH, "x", nowMillis, writing("c")))))
                .isEqualTo(BranchState.COMMITTED);
    }

    private StoreTransaction writing(String key) {
        StoreTransaction transaction = site.store.begin(false);
        transaction.put("names", bytes(key), bytes("1"));
        return transaction;
    }

    @Test
    void a_promise_that_comes_after_its_rolling_back_is_not_taken() {
        assertThat(decide(BranchDecision.ROLL_BACK).failure(0)).isEmpty();
        assertThat(refused(site.commit(readsAWritesB(BRANCH, "2")))).isEqualTo(BranchState.ROLLED_BACK);
        assertThat(refused(decide(BranchDecision.COMMIT))).isEqualTo(BranchState.ROLLED_BACK);
    }

    @Test
    void what_was_decided_by_hand_is_told_until_it_is_forgotten() {
        prepare(BRANCH, "2");
        assertThat(refused(decide(BranchDecision.FORGET))).isEqualTo(BranchState.PREPARED);
        assertThat(decide(BranchDecision.COMMIT_BY_HAND).failure(0)).isEmpty();
        assertThat(site.get("names", "b")).contains("2");
        assertThat(site.commit(put("a", "9")).failure(0)).isEmpty();
        assertThat(refused(decide(BranchDecision.ROLL_BACK))).isEqualTo(BranchState.COMMITTED_BY_HAND);
        assertThat(refused(decide(BranchDecision.COMMIT))).isEqualTo(BranchState.COMMITTED_BY_HAND);
        assertThat(site.store.preparedBranches()).singleElement().satisfies(branch -> assertThat(branch.state())
                .isEqualTo(BranchState.COMMITTED_BY_HAND));
        assertThat(decide(BranchDecision.FORGET).failure(0)).isEmpty();
        assertThat(refused(decide(BranchDecision.FORGET))).isEqualTo(BranchState.UNKNOWN);
        assertThat(site.store.preparedBranches()).isEmpty();
    }

    @Test
    void outcomes_are_remembered_for_an_hour_and_then_go_one_by_one() {
        for (int i = 0; i < 10; i++) {
            BranchId branch = new BranchId(1, "%02x".formatted(i), "");
            site.commit(new Decision(branch, BranchDecision.ROLL_BACK, nowMillis));
        }
        nowMillis += BranchSweep.RETENTION_MILLIS;
        prepare(BRANCH, "2");
        assertThat(remembered()).isEqualTo(10);
        nowMillis++;
        for (int i = 0; i < 3; i++) {
            site.commit(new Preparation(new BranchId(2, "%02x".formatted(i), ""), "x", nowMillis, writing("k" + i)));
        }
        assertThat(remembered()).isZero();
    }

    /** Else one site whose clock is wrong would have all outcomes forgotten. */
    @Test
    void outcomes_are_remembered_by_the_masters_clock_whatever_the_clocks_of_clients_say() {
        decide(BranchDecision.ROLL_BACK);
        nowMillis += 2 * BranchSweep.RETENTION_MILLIS;
        Preparation ofClient = readsAWritesB(OTHER, "2");
        assertThat(site.commit(CommitForm.decode(CommitForm.encode(ofClient), MASTERS_MILLIS))
                        .failure(0))
                .isEmpty();
        assertThat(remembered()).isEqualTo(1);
    }

    @Test
    void an_outcome_that_is_told_again_in_the_batch_in_which_it_would_go_is_remembered_on() {
        decide(BranchDecision.ROLL_BACK);
        nowMillis += BranchSweep.RETENTION_MILLIS + 1;
        site.commit(new Decision(BRANCH, BranchDecision.ROLL_BACK, nowMillis), readsAWritesB(OTHER, "2"));
        assertThat(remembered()).isEqualTo(1);
    }

    private long remembered() {
        try (StoreTransaction transaction = site.store.begin(true)) {
            return transaction.count(BranchData.REMEMBERED);
        }
    }

    @Test
    void promises_and_decisions_travel_as_they_are() {
        Preparation sent =
                (Preparation) CommitForm.decode(CommitForm.encode(readsAWritesB(BRANCH, "2")), MASTERS_MILLIS);
        assertThat(site.commit(sent).failure(0)).isEmpty();
        assertThat(site.store.preparedBranches()).singleElement().satisfies(branch -> assertThat(
                        branch.preparedAt().toEpochMilli())
                .isEqualTo(MASTERS_MILLIS));
        assertHeld();
        for (BranchDecision word : List.of(BranchDecision.COMMIT_BY_HAND, BranchDecision.FORGET)) {
            Commit decision =
                    CommitForm.decode(CommitForm.encode(new Decision(BRANCH, word, nowMillis)), MASTERS_MILLIS);
            assertThat(site.commit(decision).failure(0)).isEmpty();
        }
        assertThat(site.get("names", "b")).contains("2");
    }
}
