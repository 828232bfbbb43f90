package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;
import static org.understudy.store.Site.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ByteRange;
import org.understudy.ConflictException;
import org.understudy.Direction;
import org.understudy.EnvironmentClosedException;
import org.understudy.SnapshotTooOldException;
import org.understudy.TransactionClosedException;

class StoreTransactionTest {
    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder);
        site.newGeneration();
        for (String key : List.of("a", "b", "c", "d", "e")) {
            site.put("names", key, key + "1");
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void it_reads_one_snapshot_and_its_own_writes() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            assertThat(get(transaction, "a")).contains("a1");
            site.put("names", "a", "a2");
            site.put("names", "b", "b2");
            assertThat(get(transaction, "a")).contains("a1");
            assertThat(get(transaction, "b")).contains("b1");
            transaction.put("names", bytes("b"), bytes("b3"));
            transaction.delete("names", bytes("c"));
            assertThat(get(transaction, "b")).contains("b3");
            assertThat(transaction.contains("names", bytes("c"))).isFalse();
            assertThat(transaction.count("names")).isEqualTo(4);
            assertThat(site.get("names", "c")).contains("c1");
        }
    }

    @Test
    void its_standing_is_its_snapshots() {
        try (StoreTransaction transaction = site.store.begin(true)) {
            get(transaction, "a");
            var standing = site.store.applied();
            site.put("names", "a", "a2");
            assertThat(transaction.standing()).isEqualTo(standing);
        }
    }

    @Test
    void a_key_it_read_and_another_wrote_is_a_conflict() {
        StoreTransaction transaction = site.store.begin(false);
        get(transaction, "a");
        transaction.put("names", bytes("b"), bytes("b2"));
        site.put("names", "a", "a2");
        assertConflict(transaction);
        assertThat(site.get("names", "b")).contains("b1");
    }

    @Test
    void an_absence_it_read_and_another_ended_is_a_conflict() {
        StoreTransaction transaction = site.store.begin(false);
        transaction.contains("names", bytes("new"));
        transaction.put("names", bytes("b"), bytes("b2"));
        site.put("names", "new", "1");
        assertConflict(transaction);
    }

    @Test
    void a_write_before_it_in_the_same_batch_is_a_conflict_too() {
        StoreTransaction transaction = site.store.begin(false);
        get(transaction, "a");
        transaction.put("names", bytes("b"), bytes("b2"));
        PreparedCommits prepared = site.commit(BlindWrite.put("names", bytes("a"), bytes("a2")), transaction);
        assertThat(prepared.failure(0)).isEmpty();
        assertThat(prepared.failure(1).orElseThrow()).isInstanceOf(ConflictException.class);
        assertThat(prepared.lsn(1)).isZero();
        assertThat(site.get("names", "b")).contains("b1");
    }

    @Test
    void keys_it_did_not_read_are_no_conflict() {
        StoreTransaction transaction = site.store.begin(false);
        get(transaction, "a");
        transaction.put("names", bytes("b"), bytes("b3"));
        site.put("names", "b", "b2");
        site.put("names", "c", "c2");
        assertThat(site.commit(transaction).failure(0)).isEmpty();
        assertThat(site.get("names", "b")).contains("b3");
    }

    @Test
    void a_blind_transaction_never_conflicts() {
        StoreTransaction transaction = site.store.begin(false);
        transaction.put("names", bytes("a"), bytes("a3"));
        site.put("names", "a", "a2");
        site.newGeneration();
        assertThat(site.commit(transaction).failure(0)).isEmpty();
        assertThat(site.get("names", "a")).contains("a3");
    }

    @Test
    void a_scan_is_no_conflict_but_a_scan_for_update_is() {
        StoreTransaction plain = site.store.begin(false);
        StoreTransaction protecting = site.store.begin(false);
        keys(plain.cursor("names", range("b", "d"), Direction.FORWARDS));
        keys(protecting.cursorForUpdate("names", range("b", "d"), Direction.FORWARDS));
        plain.put("names", bytes("x"), bytes("1"));
        protecting.put("names", bytes("y"), bytes("1"));
        site.put("names", "bb", "new in the range");
        assertThat(site.commit(plain).failure(0)).isEmpty();
        assertConflict(protecting);
    }

    @Test
    void a_write_outside_a_protected_range_is_no_conflict() {
        StoreTransaction transaction = site.store.begin(false);
        keys(transaction.cursorForUpdate("names", range("b", "d"), Direction.BACKWARDS));
        transaction.put("names", bytes("b"), bytes("b2"));
        site.put("names", "d", "d2");
        site.put("other", "c", "c2");
        assertThat(site.commit(transaction).failure(0)).isEmpty();
    }

    @Test
    void a_truncation_is_a_write_to_every_key() {
        StoreTransaction transaction = site.store.begin(false);
        get(transaction, "a");
        transaction.put("other", bytes("x"), bytes("1"));
        site.commit(BlindWrite.truncate("names"));
        assertConflict(transaction);
    }

    @Test
    void a_database_that_began_after_the_snapshot_is_a_conflict() {
        StoreTransaction transaction = site.store.begin(false);
        assertThat(transaction.get("other", bytes("a"))).isEmpty();
        transaction.put("names", bytes("x"), bytes("1"));
        site.put("other", "b", "1");
        assertConflict(transaction);
    }

    @Test
    void a_snapshot_of_before_the_mastership_is_a_conflict() {
        StoreTransaction transaction = site.store.begin(false);
        get(transaction, "a");
        transaction.put("names", bytes("b"), bytes("b2"));
        site.newGeneration();
        site.put("names", "c", "c2");
        assertConflict(transaction);
    }

    @Test
    void it_truncates_and_writes_at_once() {
        StoreTransaction transaction = site.store.begin(false);
        transaction.truncate("names");
        transaction.put("names", bytes("b"), bytes("b2"));
        assertThat(get(transaction, "a")).isEmpty();
        assertThat(keys(transaction.cursor("names", ByteRange.ALL, Direction.FORWARDS)))
                .containsExactly("b");
        site.commit(transaction);
        transaction.close();
        assertThat(site.get("names", "a")).isEmpty();
        assertThat(site.get("names", "b")).contains("b2");
    }

    @Test
    void cursors_walk_ranges_both_ways_and_seek() {
        try (StoreTransaction transaction = site.store.begin(false)) {
            transaction.put("names", bytes("bb"), bytes("own"));
            transaction.delete("names", bytes("c"));
            transaction.put("names", bytes("d"), bytes("own"));
            assertThat(keys(transaction.cursor("names", range("b", "e"), Direction.FORWARDS)))
                    .containsExactly("b", "bb", "d");
            assertThat(keys(transaction.cursor("names", range("b", "e"), Direction.BACKWARDS)))
                    .containsExactly("d", "bb", "b");
            StoreCursor cursor = transaction.cursor("names", range("b", "e"), Direction.FORWARDS);
            assertThat(cursor.seek(bytes("c"))).isTrue();
            assertThat(text(cursor.key())).isEqualTo("d");
            assertThat(text(cursor.value())).isEqualTo("own");
            assertThat(cursor.seek(bytes("a"))).isTrue();
            assertThat(text(cursor.key())).isEqualTo("b");
            assertThat(cursor.seek(bytes("e"))).isFalse();
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            StoreCursor back = transaction.cursor("names", range("b", "e"), Direction.BACKWARDS);
            assertThat(back.seek(bytes("c"))).isTrue();
            assertThat(text(back.key())).isEqualTo("bb");
            assertThat(back.seek(bytes("z"))).isTrue();
            assertThat(text(back.key())).isEqualTo("d");
            assertThat(back.seek(bytes("a"))).isFalse();
        }
    }

    @Test
    void an_old_transaction_ends_when_the_time_comes() {
        StoreTransaction transaction = site.store.begin(true);
        StoreCursor cursor = transaction.cursor("names", ByteRange.ALL, Direction.FORWARDS);
        cursor.next();
        site.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        site.store.expireTransactions();
        assertThat(get(transaction, "a")).contains("a1");
        site.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        site.store.expireTransactions();
        assertThatThrownBy(() -> get(transaction, "a")).isInstanceOf(SnapshotTooOldException.class);
        assertThatThrownBy(cursor::next).isInstanceOf(SnapshotTooOldException.class);
        cursor.close();
        transaction.close();
    }

    @Test
    void a_closed_one_says_so() {
        StoreTransaction transaction = site.store.begin(false);
        StoreCursor cursor = transaction.cursor("names", ByteRange.ALL, Direction.FORWARDS);
        transaction.close();
        transaction.close();
        assertThat(transaction.isOpen()).isFalse();
        assertThatThrownBy(() -> get(transaction, "a")).isInstanceOf(TransactionClosedException.class);
        assertThatThrownBy(() -> transaction.put("names", bytes("a"), bytes("a")))
                .isInstanceOf(TransactionClosedException.class);
        assertThatThrownBy(cursor::next).isInstanceOf(TransactionClosedException.class);
        cursor.close();
    }

    @Test
    void it_ends_with_the_store() {
        StoreTransaction transaction = site.store.begin(false);
        StoreCursor cursor = transaction.cursor("names", ByteRange.ALL, Direction.FORWARDS);
        cursor.next();
        site.store.close();
        assertThatThrownBy(() -> get(transaction, "a")).isInstanceOf(EnvironmentClosedException.class);
        assertThatThrownBy(cursor::next).isInstanceOf(EnvironmentClosedException.class);
        assertThatThrownBy(() -> site.store.begin(true).get("names", bytes("a")))
                .isInstanceOf(EnvironmentClosedException.class);
        cursor.close();
        transaction.close();
    }

    @Test
    void a_read_only_one_refuses_to_write() {
        try (StoreTransaction transaction = site.store.begin(true)) {
            assertThatThrownBy(() -> transaction.put("names", bytes("a"), bytes("a")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> transaction.getForUpdate("names", bytes("a")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private void assertConflict(StoreTransaction transaction) {
        PreparedCommits prepared = site.commit(transaction);
        assertThat(prepared.failure(0).orElseThrow())
                .isInstanceOfSatisfying(ConflictException.class, e -> assertThat(e.isRetriable())
                        .isTrue());
        transaction.close();
    }

    private static Optional<String> get(StoreTransaction transaction, String key) {
        return transaction.get("names", bytes(key)).map(Site::text);
    }

    private static List<String> keys(StoreCursor cursor) {
        List<String> keys = new ArrayList<>();
        while (cursor.next()) {
            keys.add(text(cursor.key()));
        }
        return keys;
    }

    private static ByteRange range(String from, String to) {
        return new ByteRange(Optional.of(bytes(from)), Optional.of(bytes(to)));
    }
}
