package org.understudy.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatchBuilder;

/** The judge of histories, judged. */
class HistoryTest {
    private final List<Operation> commits = new ArrayList<>();
    private Node end = Node.ROOT;

    @Test
    void commits_in_the_order_of_real_time_are_fine() {
        written(answered(commit(1, 0), 10), 1);
        written(answered(commit(2, 11), 20), 2);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void commits_that_overlap_may_stand_in_either_order() {
        written(answered(commit(2, 0), 10), 1);
        written(answered(commit(1, 5), 20), 2);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void a_commit_that_began_after_the_answer_of_another_stands_behind_it() {
        written(answered(commit(2, 11), 20), 1);
        written(answered(commit(1, 0), 10), 2);
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining("began after");
    }

    @Test
    void a_commit_that_QUORUM_acknowledged_is_not_lost() {
        Operation lost = commit(1, 0);
        lost.written("a", new Standing(1, 1));
        lost.answer(Operation.Outcome.DONE, 10);
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining("is lost");
    }

    @Test
    void a_refused_commit_leaves_no_record() {
        Operation refused = commit(1, 0);
        written(refused, 1);
        refused.answer(Operation.Outcome.REFUSED, 10);
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining("left a record");
    }

    @Test
    void a_commit_stands_once() {
        Operation commit = commit(1, 0);
        written(commit, 1);
        written(commit, 2);
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining("twice");
    }

    @Test
    void the_log_holds_nothing_that_nobody_committed() {
        written(commit(1, 0), 1);
        commits.clear();
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining("nobody committed");
    }

    @Test
    void a_commit_of_which_it_was_said_that_it_is_lost_may_be_lost() {
        answered(commit(1, 0), 10).written("a", new Standing(1, 1));
        assertThatCode(() -> History.check(commits, end, Set.of(1L))).doesNotThrowAnyException();
    }

    @Test
    void one_that_was_forwarded_may_be_made_anew_after_it_was_lost() {
        Operation forwarded = commit(1, 0);
        forwarded.forward();
        written(answered(forwarded, 10), 1);
        assertThatCode(() -> History.check(commits, end, Set.of(1L))).doesNotThrowAnyException();
    }

    @Test
    void one_that_was_forwarded_may_stand_where_an_earlier_master_made_it_after_the_one_that_answered_lost_it() {
        Operation forwarded = commit(1, 0);
        forwarded.forward();
        written(answered(forwarded, 10), 1);
        forwarded.written("b", new Standing(end.standing().generation() + 1, 3));
        assertThatCode(() -> History.check(commits, end, Set.of(1L))).doesNotThrowAnyException();
    }

    @Test
    void one_that_was_forwarded_stands_nowhere_else_where_nothing_was_said_of_a_loss() {
        Operation forwarded = commit(1, 0);
        forwarded.forward();
        written(answered(forwarded, 10), 1);
        forwarded.written("b", new Standing(end.standing().generation() + 1, 3));
        assertThatThrownBy(this::check).isInstanceOf(Violation.class).hasMessageContaining("stands at");
    }

    @Test
    void one_that_was_lost_stands_nowhere_else() {
        Operation lost = answered(commit(1, 0), 10);
        written(lost, 1);
        lost.written("a", new Standing(0, 1));
        assertThatThrownBy(() -> History.check(commits, end, Set.of(1L)))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("stands at");
    }

    private void check() {
        History.check(commits, end);
    }

    private Operation commit(long serial, long began) {
        Operation commit = new Operation(serial, AckPolicy.QUORUM, new int[] {0}, new long[] {serial}, began);
        commits.add(commit);
        return commit;
    }

    private static Operation answered(Operation commit, long at) {
        commit.answer(Operation.Outcome.DONE, at);
        return commit;
    }

    private void written(Operation commit, long lsn) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        new Changes(commit.serial(), commit.keys(), commit.values(), new long[1], List.of()).write(builder, 1, lsn);
        LogRecord record = builder.build().iterator().next();
        end = new Node(end, record);
        commit.written("a", record.standing());
    }
}
