package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ByteRange;
import org.understudy.ConflictException;
import org.understudy.Direction;
import org.understudy.Standing;
import org.understudy.UndoneChange;
import org.understudy.log.ForwardId;
import org.understudy.log.MalformedValueException;

/** A forwarded write is committed once under its id, and what proves it stands and falls with it (protocol.md §9). */
class ForwardedCommitTest {
    private static final UUID SESSION = new UUID(7, 7);
    private static final long RETENTION_MILLIS = 1_000;

    @TempDir
    Path folder;

    private Site site;
    private long nowMillis;

    @BeforeEach
    void open() {
        site = new Site(folder);
        site.newGeneration();
        site.put("names", "a", "1");
        site.commit(new SessionOpening(SESSION, nowMillis, RETENTION_MILLIS));
    }

    @AfterEach
    void close() {
        site.close();
    }

    private ForwardedCommit forwarded(long number, long lowestOpen, Commit commit) {
        return new ForwardedCommit(
                new ForwardId(SESSION, number),
                lowestOpen,
                nowMillis,
                CommitForm.decode(CommitForm.encode(commit), nowMillis));
    }

    private static Commit put(String key, String value) {
        return BlindWrite.put("names", bytes(key), bytes(value));
    }

    private Standing at(long lsn) {
        return new Standing(site.generation, lsn);
    }

    @Test
    void a_write_that_comes_again_changes_nothing_and_goes_by_its_first_commit() {
        PreparedCommits first = site.commit(forwarded(1, 1, put("a", "2")));
        assertThat(first.earlier(0)).isEmpty();
        site.put("names", "a", "3");
        PreparedCommits second = site.commit(forwarded(1, 1, put("a", "2")));
        assertThat(second.earlier(0)).contains(at(first.lsn(0)));
        assertThat(site.get("names", "a")).contains("3");
    }

    @Test
    void a_write_that_comes_again_while_the_first_is_in_the_queue_is_found_there() {
        PreparedCommits both =
                site.commit(forwarded(1, 1, put("a", "2")), put("a", "3"), forwarded(1, 1, put("a", "2")));
        assertThat(both.earlier(2)).contains(at(both.lsn(0)));
        assertThat(site.get("names", "a")).contains("3");
    }

    @Test
    void a_write_that_comes_again_after_a_restart_or_at_the_next_master_is_found_in_the_data() {
        PreparedCommits first = site.commit(forwarded(1, 1, put("a", "2")));
        Standing commit = at(first.lsn(0));
        site.reopen();
        site.newGeneration();
        assertThat(site.commit(forwarded(1, 1, put("a", "9"))).earlier(0)).contains(commit);
        assertThat(site.get("names", "a")).contains("2");
    }

    @Test
    void a_session_that_is_not_known_takes_nothing() {
        ForwardedCommit foreign = new ForwardedCommit(new ForwardId(new UUID(8, 8), 1), 1, nowMillis, put("a", "2"));
        assertThat(site.commit(foreign).failure(0).orElseThrow())
                .isInstanceOfSatisfying(UnknownForwardException.class, e -> assertThat(e.isSessionKnown())
                        .isFalse());
        assertThat(site.get("names", "a")).contains("1");
    }

    @Test
    void a_number_below_the_window_is_never_applied() {
        site.commit(forwarded(5, 5, put("a", "5")));
        for (long answered = 1; answered < 5; answered++) {
            assertThat(site.commit(forwarded(answered, 1, put("a", "old")))
                            .failure(0)
                            .orElseThrow())
                    .isInstanceOfSatisfying(UnknownForwardException.class, e -> assertThat(e.isSessionKnown())
                            .isTrue());
        }
        assertThat(site.get("names", "a")).contains("5");
    }

    @Test
    void what_is_undone_may_be_applied_again() {
        PreparedCommits first = site.commit(forwarded(1, 1, put("a", "2")));
        site.rollback(first.lsn(0) - 1);
        assertThat(site.get("names", "a")).contains("1");
        site.newGeneration();
        PreparedCommits second = site.commit(forwarded(1, 1, put("a", "2")));
        assertThat(second.earlier(0)).isEmpty();
        assertThat(site.get("names", "a")).contains("2");
    }

    @Test
    void removing_and_renaming_stand_in_one_record_with_their_proof_and_are_undone_with_it() {
        Standing before = site.log.last();
        PreparedCommits renamed = site.commit(forwarded(1, 1, DatabaseCommand.rename("names", "people")));
        assertThat(renamed.lsn(0)).isEqualTo(before.lsn() + 1);
        PreparedCommits removed = site.commit(forwarded(2, 2, DatabaseCommand.remove("people")));
        assertThat(removed.lsn(0)).isEqualTo(before.lsn() + 2);
        assertThat(site.store.databaseNames()).isEmpty();
        site.reopen();
        assertThat(site.store.databaseNames()).isEmpty();
        site.rollback(before.lsn());
        assertThat(site.store.databaseNames()).containsExactly("names");
        assertThat(site.get("names", "a")).contains("1");
        assertThat(site.store.forwardSession(SESSION).orElseThrow().done()).isEmpty();
        try (var undone = site.store.rolledBack()) {
            assertThat(undone.flatMap(transaction -> transaction.changes().stream()))
                    .containsExactly(new UndoneChange.Renamed("names", "people"), new UndoneChange.Removed("people"));
        }
    }

    @Test
    void a_command_that_comes_again_does_not_hit_the_next_database_of_that_name() {
        site.commit(forwarded(1, 1, DatabaseCommand.remove("names")));
        site.put("names", "new", "1");
        site.commit(forwarded(1, 1, DatabaseCommand.remove("names")));
        assertThat(site.get("names", "new")).contains("1");
    }

    @Test
    void a_transaction_is_checked_for_conflicts_where_it_is_committed() {
        try (StoreTransaction reader = site.store.begin(false);
                StoreTransaction absent = site.store.begin(false);
                StoreTransaction ranged = site.store.begin(false);
                StoreTransaction elsewhere = site.store.begin(false)) {
            reader.get("names", bytes("a"));
            reader.put("names", bytes("x"), bytes("1"));
            absent.contains("names", bytes("b"));
            absent.put("names", bytes("x"), bytes("2"));
            ranged.cursorForUpdate(
                    "names", new ByteRange(Optional.of(bytes("b")), Optional.empty()), Direction.FORWARDS);
            ranged.put("names", bytes("x"), bytes("3"));
            elsewhere.cursorForUpdate(
                    "names", new ByteRange(Optional.empty(), Optional.of(bytes("a"))), Direction.FORWARDS);
            elsewhere.put("names", bytes("x"), bytes("4"));
            elsewhere.delete("names", bytes("y"));
            site.commit(put("a", "2"), put("b", "2"));
            PreparedCommits tried = site.commit(
                    forwarded(1, 1, reader),
                    forwarded(2, 1, absent),
                    forwarded(3, 1, ranged),
                    forwarded(4, 1, elsewhere));
            for (int i = 0; i < 3; i++) {
                assertThat(tried.failure(i).orElseThrow()).isInstanceOf(ConflictException.class);
            }
            assertThat(tried.failure(3)).isEmpty();
        }
        assertThat(site.get("names", "x")).contains("4");
    }

    @Test
    void a_snapshot_of_another_history_conflicts() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.get("names", bytes("a"));
            transaction.put("names", bytes("x"), bytes("1"));
            byte[] form = CommitForm.encode(transaction);
            long lsn = site.log.lastLsn();
            site.rollback(lsn - 1);
            site.newGeneration();
            site.commit(new SessionOpening(SESSION, nowMillis, RETENTION_MILLIS));
            ForwardedCommit sent =
                    new ForwardedCommit(new ForwardId(SESSION, 1), 1, nowMillis, CommitForm.decode(form, nowMillis));
            assertThat(site.commit(sent).failure(0).orElseThrow()).isInstanceOf(ConflictException.class);
        }
    }

    @Test
    void truncating_goes_with_what_is_put_behind_it() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.truncate("names");
            transaction.put("names", bytes("b"), bytes("2"));
            site.commit(forwarded(1, 1, transaction));
        }
        assertThat(site.get("names", "a")).isEmpty();
        assertThat(site.get("names", "b")).contains("2");
    }

    @Test
    void a_session_that_was_idle_for_too_long_ends_when_another_begins_and_that_is_undone_like_anything() {
        nowMillis = RETENTION_MILLIS + 1;
        PreparedCommits opened = site.commit(new SessionOpening(new UUID(9, 9), nowMillis, RETENTION_MILLIS));
        assertThat(site.store.forwardSession(SESSION)).isEmpty();
        assertThat(site.store.forwardSession(new UUID(9, 9))).isPresent();
        site.rollback(opened.lsn(0) - 1);
        assertThat(site.store.forwardSession(SESSION)).isPresent();
        assertThat(site.store.forwardSession(new UUID(9, 9))).isEmpty();
    }

    @Test
    void a_session_in_use_is_kept() {
        nowMillis = RETENTION_MILLIS;
        site.commit(forwarded(1, 1, put("a", "2")));
        nowMillis += RETENTION_MILLIS;
        site.commit(new SessionOpening(new UUID(9, 9), nowMillis, RETENTION_MILLIS));
        assertThat(site.store.forwardSession(SESSION)).isPresent();
    }

    @Test
    void a_session_that_is_used_in_the_batch_in_which_another_begins_is_kept() {
        nowMillis = RETENTION_MILLIS + 1;
        PreparedCommits batch = site.commit(
                forwarded(1, 1, put("a", "2")), new SessionOpening(new UUID(9, 9), nowMillis, RETENTION_MILLIS));
        assertThat(site.commit(forwarded(1, 1, put("a", "2"))).earlier(0)).contains(at(batch.lsn(0)));
    }

    @Test
    void the_sessions_are_no_database_of_the_applications() {
        assertThat(site.store.databaseNames()).containsExactly("names");
        byte[] form = CommitForm.encode(BlindWrite.put(ForwardSessions.DATABASE, bytes("a"), bytes("1")));
        assertThatThrownBy(() -> CommitForm.decode(form, nowMillis))
                .isInstanceOf(MalformedValueException.class)
                .hasMessageContaining("the library's own");
    }

    @Test
    void damaged_bytes_are_refused() {
        byte[] form = CommitForm.encode(put("a", "1"));
        form[0] = 9;
        assertThatThrownBy(() -> CommitForm.decode(form, nowMillis))
                .isInstanceOf(MalformedValueException.class)
                .hasMessageContaining("unknown kind 9");
    }
}
