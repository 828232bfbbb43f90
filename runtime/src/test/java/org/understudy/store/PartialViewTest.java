package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ByteRange;
import org.understudy.ConfigurationException;
import org.understudy.DatabaseFilter;
import org.understudy.DatabaseNotHeldException;
import org.understudy.Direction;
import org.understudy.log.RecordBatch;

/** S72: a partial view holds exactly the databases its filter accepted when they came to it (docs/protocol.md §5). */
class PartialViewTest {
    private static final DatabaseFilter PUBLIC = DatabaseFilter.ofPatterns(List.of("public-*"));

    @TempDir
    Path folder;

    private Site master;
    private Site view;

    @BeforeEach
    void a_master_with_two_databases() {
        master = new Site(folder.resolve("master"));
        view = new Site(folder.resolve("view"), Site.OPTIONS.withFilter(PUBLIC), new MemoryLog());
        master.newGeneration();
        master.put("public-one", "k", "1");
        master.put("secret", "k", "2");
    }

    @AfterEach
    void close() {
        master.close();
        view.close();
    }

    private void stream() {
        RecordBatch records = master.log.read(view.log.lastLsn() + 1, master.log.lastLsn(), Integer.MAX_VALUE);
        view.applyOwn(records);
    }

    private void assertHeld(String... names) {
        assertThat(view.store.databaseNames()).containsExactly(names);
        view.reopen();
        assertThat(view.store.databaseNames()).containsExactly(names);
        assertThat(view.store.applied()).isEqualTo(view.log.last());
    }

    @Test
    void S72_what_is_created_live_is_held_if_it_is_accepted() {
        stream();
        assertThat(view.get("public-one", "k")).contains("1");
        assertHeld("public-one");
    }

    @Test
    void S72_what_is_created_in_a_replay_of_the_log_is_held_if_it_is_accepted() {
        view.log.append(master.log.read(1, master.log.lastLsn(), Integer.MAX_VALUE));
        view.reopen();
        assertThat(view.get("public-one", "k")).contains("1");
        assertHeld("public-one");
    }

    @Test
    void S72_of_a_whole_copy_what_is_accepted_is_held() {
        master.put("public-two", "k", "3");
        CheckpointInfo info = master.store.checkpoint(folder.resolve("checkpoint"));
        view.store.replaceWith(info.directory());
        view.log.append(master.log.read(1, info.applied().lsn(), Integer.MAX_VALUE));
        view.store.resetDone();
        assertThat(view.get("public-two", "k")).contains("3");
        assertHeld("public-one", "public-two");
        master.put("secret", "k", "4");
        master.put("public-one", "k", "5");
        stream();
        assertThat(view.get("public-one", "k")).contains("5");
    }

    @Test
    void S72_the_decision_is_made_once_and_lasts_through_renames_truncations_and_copies() {
        stream();
        master.commit(DatabaseCommand.rename("public-one", "was-public"));
        master.commit(DatabaseCommand.rename("secret", "public-secret"));
        master.commit(BlindWrite.truncate("was-public"), BlindWrite.truncate("public-secret"));
        master.put("was-public", "k", "6");
        master.put("public-secret", "k", "7");
        stream();
        assertThat(view.get("was-public", "k")).contains("6");
        assertHeld("was-public");
        view.store.replaceWith(
                master.store.checkpoint(folder.resolve("checkpoint")).directory());
        view.store.resetDone();
        assertHeld("was-public");
    }

    @Test
    void S72_what_was_removed_may_come_back_under_the_other_decision() {
        stream();
        master.commit(DatabaseCommand.remove("public-one"), DatabaseCommand.remove("secret"));
        stream();
        assertHeld();
        view.store.onPermanent(view.log.lastLsn());
        master.put("secret", "k", "8");
        master.put("public-one", "other", "9");
        stream();
        assertHeld("public-one");
        assertThat(view.get("public-one", "k")).isEmpty();
    }

    @Test
    void reading_what_is_not_held_says_so() {
        stream();
        assertThatExceptionOfType(DatabaseNotHeldException.class)
                .isThrownBy(() -> view.get("secret", "k"))
                .withMessageContaining("partial view that doesn't hold database secret");
        assertThatExceptionOfType(DatabaseNotHeldException.class).isThrownBy(() -> view.get("never-there", "k"));
        assertThat(view.get("public-not-yet", "k")).isEmpty();
        try (StoreTransaction transaction = view.store.begin(true)) {
            assertThatExceptionOfType(DatabaseNotHeldException.class)
                    .isThrownBy(() -> transaction.get("secret", bytes("k")));
            assertThatExceptionOfType(DatabaseNotHeldException.class)
                    .isThrownBy(() -> transaction.cursor("secret", ByteRange.ALL, Direction.FORWARDS));
        }
    }

    @Test
    void a_rollback_passes_over_what_is_not_held() {
        stream();
        long match = view.log.lastLsn();
        master.put("secret", "k", "10");
        master.put("public-one", "k", "11");
        master.put("secret-two", "k", "12");
        master.commit(BlindWrite.truncate("secret"));
        master.commit(DatabaseCommand.remove("secret"));
        stream();
        view.rollback(match);
        assertThat(view.get("public-one", "k")).contains("1");
        assertHeld("public-one");
        stream();
        assertThat(view.get("public-one", "k")).contains("11");
        assertHeld("public-one");
    }

    @Test
    void a_filter_that_has_changed_matters_for_new_databases_only() {
        stream();
        view.close();
        view = new Site(
                folder.resolve("view"),
                Site.OPTIONS.withFilter(DatabaseFilter.ofPatterns(List.of("secret*"))),
                view.log);
        master.put("secret-two", "k", "13");
        master.put("public-two", "k", "14");
        stream();
        assertHeld("public-one", "secret-two");
    }

    @Test
    void a_partial_home_without_its_filter_is_refused() {
        stream();
        view.close();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new Site(folder.resolve("view"), Site.OPTIONS, view.log))
                .withMessageContaining("left out [secret]");
        view = new Site(folder.resolve("view"), Site.OPTIONS.withFilter(PUBLIC), view.log);
    }

    @Test
    void patterns_take_stars_and_question_marks_and_everything_else_as_it_is() {
        DatabaseFilter filter = DatabaseFilter.ofPatterns(List.of("a*", "b.?", "exact"));
        assertThat(List.of("a", "abc", "b.x", "exact")).allMatch(filter::accepts);
        assertThat(List.of("ba", "b.", "b.xy", "bcx", "exactly", "")).noneMatch(filter::accepts);
    }
}
