package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;
import static org.understudy.store.Site.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.UndoneChange;
import org.understudy.UndoneTransaction;

/** What rollbacks gave up can be read again, within bounds (protocol.md §5). */
class RolledBackTest {
    @TempDir
    Path folder;

    private Site site;
    private Standing match;

    @BeforeEach
    void open() {
        site = new Site(folder.resolve("site"));
        site.newGeneration();
        site.put("names", "a", "1");
        match = site.log.last();
    }

    @AfterEach
    void close() {
        site.close();
    }

    private List<UndoneTransaction> undone() {
        try (Stream<UndoneTransaction> all = site.store.rolledBack()) {
            return all.toList();
        }
    }

    private List<String> words() {
        return undone().stream()
                .flatMap(transaction -> transaction.changes().stream())
                .map(RolledBackTest::words)
                .toList();
    }

    private static String words(UndoneChange change) {
        if (change instanceof UndoneChange.Put put) {
            return put.database() + " " + text(put.key()) + "=" + text(put.value());
        }
        if (change instanceof UndoneChange.Deleted deleted) {
            return deleted.database() + " " + text(deleted.key()) + " deleted";
        }
        if (change instanceof UndoneChange.Renamed renamed) {
            return renamed.database() + " renamed to " + renamed.to();
        }
        return change.database() + (change instanceof UndoneChange.Removed ? " removed" : " truncated");
    }

    @Test
    void each_commit_is_there_with_its_token_and_its_changes() {
        site.commit(BlindWrite.put("names", bytes("a"), bytes("2")), BlindWrite.delete("names", bytes("a")));
        site.put("others", "b", "3");
        Undone undone = site.rollback(match.lsn());
        assertThat(words()).containsExactly("names a=2", "names a deleted", "others b=3");
        assertThat(undone())
                .extracting(UndoneTransaction::token)
                .containsExactlyElementsOf(undone.transactions().stream()
                        .map(standing ->
                                new CommitToken(site.store.members().groupId(), standing.generation(), standing.lsn()))
                        .toList());
    }

    @Test
    void every_change_has_the_name_that_its_database_had_then() {
        site.put("names", "a", "2");
        try (StoreTransaction truncation = site.store.begin(false)) {
            truncation.truncate("names");
            truncation.put("names", bytes("c"), bytes("3"));
            site.commit(truncation);
        }
        site.commit(DatabaseCommand.rename("names", "people"));
        site.put("people", "d", "4");
        site.commit(DatabaseCommand.remove("people"));
        Undone undone = site.rollback(match.lsn());
        assertThat(words())
                .containsExactly(
                        "names a=2",
                        "names truncated",
                        "names c=3",
                        "names renamed to people",
                        "people d=4",
                        "people removed");
        assertThat(undone.transactions()).hasSize(5);
        assertThat(site.get("names", "a")).contains("1");
    }

    @Test
    void rollbacks_to_the_same_place_are_kept_beside_each_other() {
        site.put("names", "a", "lost first");
        site.rollback(match.lsn());
        site.newGeneration();
        site.rollback(match.lsn());
        site.generation++;
        site.put("names", "a", "lost then");
        site.rollback(match.lsn());
        assertThat(words()).containsExactlyInAnyOrder("names a=lost first", "names a=lost then");
    }

    @Test
    void a_rollback_that_a_crash_forestalled_gave_nothing_up() throws IOException {
        site.put("names", "a", "2");
        site.close();
        Path kept = Files.createDirectories(site.home.resolve("rolled-back")).resolve("after-1-1-to-1-2.part");
        Files.write(kept, new byte[] {1, 2, 3});
        site.open();
        assertThat(undone()).isEmpty();
        assertThat(kept).doesNotExist();
    }

    @Test
    void a_rollback_that_a_crash_left_half_done_is_finished_with_what_it_gave_up() {
        site.put("names", "a", "2");
        site.store.rollback(site.log, match, site.log.lastLsn());
        try (Site copy = site.crashed(folder.resolve("copy"));
                Stream<UndoneTransaction> all = copy.store.rolledBack()) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void the_oldest_goes_when_all_take_too_much_but_never_the_newest() {
        site.close();
        site = new Site(folder.resolve("small"), Site.OPTIONS.withRolledBackBytes(0), new MemoryLog());
        site.newGeneration();
        long kept = site.log.lastLsn();
        site.put("names", "a", "lost first");
        site.rollback(kept);
        assertThat(words()).containsExactly("names a=lost first");
        site.generation++;
        site.put("names", "a", "lost then");
        site.rollback(kept);
        assertThat(words()).containsExactly("names a=lost then");
    }

    @Test
    void no_more_is_saved_as_permanent_than_what_is_applied() {
        site.store.savePermanent(match.lsn() + 5);
        site.reopen();
        assertThat(site.store.permanentLsn()).isEqualTo(match.lsn());
    }
}
