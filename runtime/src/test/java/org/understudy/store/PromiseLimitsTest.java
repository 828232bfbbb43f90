package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.RecordTooLargeException;
import org.understudy.Standing;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueWriter;

/** What is promised fits into a record when it is kept, and what can't be promised leaves nothing behind (protocol.md §8.1). */
class PromiseLimitsTest {
    private static final BranchId BRANCH = new BranchId(7, "0a", "01");
    private static final int MAX_RECORD_BYTES = 4_000;

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder);
        site.newGeneration();
    }

    @AfterEach
    void close() {
        site.close();
    }

    private Optional<RuntimeException> prepare(StoreTransaction transaction) {
        return site.commit(new Preparation(BRANCH, "node1:7000", 1, transaction))
                .failure(0);
    }

    private int decide(BranchDecision word) {
        PreparedCommits decided = site.commit(new Decision(BRANCH, word, 1));
        assertThat(decided.failure(0)).isEmpty();
        return decided.records().orElseThrow().length();
    }

    @Test
    void a_promise_that_could_not_be_kept_within_a_record_is_not_given() {
        site.limitRecords(MAX_RECORD_BYTES);
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.put("names", bytes("b"), new byte[MAX_RECORD_BYTES / 2]);
            assertThat(prepare(transaction).orElseThrow()).isInstanceOf(RecordTooLargeException.class);
        }
        site.put("names", "b", "9");
    }

    /** One value a byte longer each time, until it is refused: the longest that is promised makes the largest record. */
    @Test
    void whatever_is_promised_is_kept_within_a_record() {
        site.limitRecords(MAX_RECORD_BYTES);
        site.put("names", "b", "1");
        int largest = 0;
        for (int length = MAX_RECORD_BYTES / 2 - 300; ; length++) {
            site.put("names", "b", "1");
            try (StoreTransaction transaction = site.store.begin(false)) {
                transaction.put("names", bytes("b"), new byte[length]);
                Optional<RuntimeException> failure = prepare(transaction);
                if (failure.isPresent()) {
                    assertThat(failure.get()).isInstanceOf(RecordTooLargeException.class);
                    break;
                }
            }
            largest = Math.max(largest, decide(BranchDecision.COMMIT_BY_HAND));
            decide(BranchDecision.FORGET);
        }
        assertThat(largest).isBetween(MAX_RECORD_BYTES - 200, MAX_RECORD_BYTES);
    }

    /** Else this master would have a database that no record has made, and others could not follow what it writes there. */
    @Test
    void what_a_promise_that_fails_half_way_had_planned_does_not_stay(@TempDir Path elsewhere) {
        site.commit(BlindWrite.put(BranchData.REMEMBERED, bytes("damaged"), bytes("?")));
        Commit other = BlindWrite.put("names", bytes("c"), bytes("3"));
        PreparedCommits batch = site.commit(promise(), other);
        assertThat(batch.failure(0).orElseThrow()).isInstanceOf(MalformedValueException.class);
        assertThat(batch.failure(1)).isEmpty();
        try (StoreTransaction mended = site.store.begin(false)) {
            mended.delete(BranchData.REMEMBERED, bytes("damaged"));
            assertThat(site.commit(mended).failure(0)).isEmpty();
        }
        assertThat(site.commit(promise()).failure(0)).isEmpty();
        try (Site follower = new Site(elsewhere, Site.OPTIONS, site.log)) {
            assertThat(follower.store.preparedBranches()).isEqualTo(site.store.preparedBranches());
            assertThat(follower.get("names", "c")).contains("3");
        }
    }

    private Preparation promise() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.put("names", bytes("b"), bytes("2"));
            return new Preparation(BRANCH, "node1:7000", 1, transaction);
        }
    }

    @Test
    void what_was_read_in_a_database_that_is_not_named_is_no_commit() {
        assertThat(CommitForm.decode(readingKeyOf(1), 1)).isInstanceOf(SentTransaction.class);
        assertThatThrownBy(() -> CommitForm.decode(readingKeyOf(2), 1))
                .isInstanceOf(MalformedValueException.class)
                .hasMessageContaining("number 2");
    }

    /** A transaction that names database 1, and has read a key of the one of this number. */
    private static byte[] readingKeyOf(int database) {
        return new ValueWriter()
                .putByte(2)
                .putStanding(new Standing(1, 1))
                .putAll(List.of("names"), (out, name) -> out.putString(name).putInt(1))
                .putAll(List.of("a"), (out, key) -> out.putInt(database).putString(key))
                .putAll(List.of(), (out, range) -> {})
                .putAll(List.of(), (out, writes) -> {})
                .toByteArray();
    }

    @Test
    void no_command_of_another_site_reaches_the_librarys_own_databases() {
        for (DatabaseCommand command : List.of(
                DatabaseCommand.remove(BranchData.WAITING), DatabaseCommand.rename("names", BranchData.WAITING))) {
            assertThatThrownBy(() -> CommitForm.decode(CommitForm.encode(command), 1))
                    .isInstanceOf(MalformedValueException.class)
                    .hasMessageContaining("the library's own");
        }
    }
}
