package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Outcome;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.log.GenerationHistory;
import org.understudy.log.Mastership;

/** What a read waits for, and which snapshot may answer it (protocol.md §7); what is said of a commit (§3.1). */
class ReadRulesTest {
    private static final long SECOND = 1_000_000;
    private static final Standing START = new Standing(1, 10);
    private static final Peer B = ScriptedSite.peer("b:1");

    private ScriptedSite site = ScriptedSite.memberWith(START, "b:1", "c:1").connect("b:1", "c:1");

    private ScriptedSite master() {
        return site.elect("b:1").stream("b:1");
    }

    private ScriptedSite read(ReadGoal goal) {
        return site.in(new Input.BeginRead(7, goal, 5 * SECOND));
    }

    private ScriptedSite show(Standing snapshot) {
        return site.in(new Input.SnapshotTaken(7, site.snapshotAttempt(), snapshot));
    }

    private void answerHeartbeat(String from, long number) {
        site.from(
                from,
                new Message.HeartbeatAnswer(
                        number, site.view().generation(), site.view().last(), 0, SyncPhase.STREAM, -1, 0));
    }

    private long lastHeartbeat() {
        return site.sent(Message.Heartbeat.class).get(0).number();
    }

    private boolean isConfirmed() {
        return !site.effects(Effect.ReadConfirmed.class).isEmpty();
    }

    private boolean wantsSnapshot() {
        return !site.effects(Effect.TakeSnapshot.class).isEmpty();
    }

    @Test
    void a_LATEST_read_takes_its_snapshot_only_after_a_majority_has_answered_a_heartbeat_sent_since() {
        master();
        site.after(100);
        site.ack("b:1", 1, site.view().last().lsn());
        long before = site.after(500).sent(Message.Heartbeat.class).get(0).number();
        site.after(50);
        read(new ReadGoal.Latest());
        long since = lastHeartbeat();
        assertThat(wantsSnapshot()).isFalse();

        answerHeartbeat("b:1", before);
        assertThat(wantsSnapshot())
                .as("an answer to an older heartbeat proves nothing")
                .isFalse();
        answerHeartbeat("b:1", since);
        assertThat(wantsSnapshot()).isTrue();
        assertThat(show(site.view().last()).effects(Effect.ReadConfirmed.class)).hasSize(1);
    }

    @Test
    void a_LATEST_read_on_a_master_waits_until_its_snapshot_is_permanent() {
        master();
        site.ack("b:1", 1, site.view().last().lsn());
        site.after(50);
        read(new ReadGoal.Latest());
        answerHeartbeat("b:1", lastHeartbeat());
        long lsn = site.commit();
        show(new Standing(site.view().generation(), lsn));
        assertThat(isConfirmed()).isFalse();

        site.ack("b:1", 1, lsn);
        assertThat(isConfirmed()).isTrue();
    }

    @Test
    void a_master_of_an_unpermanent_mastership_answers_no_LATEST_read() {
        master();
        site.after(50);
        read(new ReadGoal.Latest());
        answerHeartbeat("b:1", lastHeartbeat());
        show(site.view().last());
        assertThat(isConfirmed()).isFalse();
    }

    @Test
    void a_deposed_master_does_not_answer() {
        master();
        site.ack("b:1", 1, site.view().last().lsn());
        site.after(50);
        read(new ReadGoal.Latest());
        site.from("c:1", new Message.Outdated(9));
        assertThat(site.after(6_000).effects(Effect.ReadFailed.class))
                .extracting(Effect.ReadFailed::why)
                .containsExactly(ReadFailure.LATE);
    }

    private void follow(long generation) {
        site.from("b:1", ScriptedSite.heartbeatOfMaster(generation, START));
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        site.from(
                "b:1",
                new Message.VerifyAnswer(
                        request, generation, new UUID(2, 2), site.view().history(), 10, 1, 10, 10, 1));
    }

    @Test
    void a_client_asks_its_master_and_waits_for_the_floor_it_is_told() {
        follow(2);
        read(new ReadGoal.Latest());
        long ask = site.sent(Message.ConfirmRequest.class).get(0).ask();
        site.from("b:1", new Message.ConfirmAnswer(ask + 1, true, START));
        assertThat(wantsSnapshot()).as("an answer to another question").isFalse();

        site.from("b:1", new Message.ConfirmAnswer(ask, true, new Standing(2, 11)));
        assertThat(wantsSnapshot()).as("the log here does not hold the floor").isFalse();
    }

    @Test
    void a_client_asks_the_next_master_when_its_master_is_gone() {
        follow(2);
        read(new ReadGoal.Latest());
        site.from("c:1", ScriptedSite.heartbeatOfMaster(3, START));
        assertThat(site.effects(Effect.Send.class))
                .filteredOn(send -> send.message() instanceof Message.ConfirmRequest)
                .extracting(Effect.Send::to)
                .containsExactly(ScriptedSite.peer("c:1"));
    }

    @Test
    void a_client_whose_master_can_not_confirm_asks_again_later() {
        follow(2);
        read(new ReadGoal.Latest());
        long ask = site.sent(Message.ConfirmRequest.class).get(0).ask();
        site.from("b:1", new Message.ConfirmAnswer(ask, false, Standing.ZERO));
        assertThat(site.sent(Message.ConfirmRequest.class)).isEmpty();
        assertThat(site.after(60).sent(Message.ConfirmRequest.class)).hasSize(1);
    }

    @Test
    void a_snapshot_of_another_history_is_taken_again() {
        read(new ReadGoal.Permanent());
        show(new Standing(2, 10));
        assertThat(isConfirmed()).isFalse();
        assertThat(wantsSnapshot()).as("a newer one").isTrue();
    }

    @Test
    void S73_a_commit_that_comes_wakes_the_read_that_asks_for_it() {
        read(new ReadGoal.AtLeast(new Standing(2, 11)));
        assertThat(wantsSnapshot()).isFalse();
        site.elect("b:1");
        assertThat(site.view().last()).isEqualTo(new Standing(2, 11));
        assertThat(site.effects(Effect.TakeSnapshot.class))
                .extracting(Effect.TakeSnapshot::appliedLsn)
                .containsExactly(11L);
        show(new Standing(2, 11));
        assertThat(isConfirmed()).isTrue();
    }

    @Test
    void S73_a_commit_that_does_not_come_in_time_is_late_and_one_that_is_replaced_is_unknown() {
        read(new ReadGoal.AtLeast(new Standing(1, 11)));
        assertThat(site.after(5_001).effects(Effect.ReadFailed.class))
                .extracting(Effect.ReadFailed::why)
                .containsExactly(ReadFailure.LATE);
        site.in(new Input.BeginRead(8, new ReadGoal.AtLeast(new Standing(3, 9)), 5 * SECOND));
        assertThat(site.after(5_001).effects(Effect.ReadFailed.class))
                .extracting(Effect.ReadFailed::why)
                .containsExactly(ReadFailure.UNKNOWN);
    }

    @Test
    void WITHIN_counts_from_the_sending_of_the_probe_and_adds_the_masters_own_age() {
        follow(2);
        // A record of the mastership itself, so that what the master says it holds can be compared.
        GenerationHistory history = site.view().history().with(new Mastership(2, new UUID(2, 2), 11));
        assertThat(history.generationAt(11)).isEqualTo(2);
        long probe = site.after(500).sent(Message.Heartbeat.class).get(0).number();
        site.after(100);
        site.from("b:1", new Message.HeartbeatAnswer(probe, 2, new Standing(2, 11), 10, SyncPhase.NONE, 200_000, 0));
        read(new ReadGoal.Within(2 * SECOND));
        assertThat(wantsSnapshot()).as("what the master held is not here yet").isFalse();
    }

    @Test
    void WITHIN_trusts_no_age_from_before_the_machine_slept_at_a_client() {
        Standing log = new Standing(2, 10);
        site = ScriptedSite.memberWith(log, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(2, log));
        long before = site.after(500).sent(Message.Heartbeat.class).get(0).number();
        site.from("b:1", new Message.HeartbeatAnswer(before, 2, log, 10, SyncPhase.NONE, 0, 0));
        read(new ReadGoal.Within(2 * SECOND));
        assertThat(wantsSnapshot()).isTrue();
        site.in(new Input.ClocksDisagree());
        show(log);
        assertThat(isConfirmed()).as("it may be as old as the sleep was long").isFalse();
        site.from("b:1", new Message.HeartbeatAnswer(before, 2, log, 10, SyncPhase.NONE, 0, 0));
        assertThat(wantsSnapshot()).as("so may what was asked before").isFalse();
        long since = site.after(500).sent(Message.Heartbeat.class).get(0).number();
        site.from("b:1", new Message.HeartbeatAnswer(since, 2, log, 10, SyncPhase.NONE, 0, 0));
        assertThat(wantsSnapshot()).isTrue();
        show(log);
        assertThat(isConfirmed()).isTrue();
    }

    @Test
    void WITHIN_trusts_no_age_from_before_the_machine_slept_at_a_master() {
        master();
        site.ack("b:1", 1, site.view().last().lsn());
        long before = site.after(500).sent(Message.Heartbeat.class).get(0).number();
        answerHeartbeat("b:1", before);
        read(new ReadGoal.Within(2 * SECOND));
        assertThat(wantsSnapshot()).isTrue();
        show(site.view().last());
        site.in(new Input.ClocksDisagree());
        answerHeartbeat("c:1", before);
        read(new ReadGoal.Within(2 * SECOND));
        assertThat(wantsSnapshot()).isFalse();
        long since = site.after(500).sent(Message.Heartbeat.class).get(0).number();
        answerHeartbeat("b:1", since);
        assertThat(wantsSnapshot()).isTrue();
    }

    @Test
    void WITHIN_trusts_no_age_from_before_the_machine_slept_at_one_that_became_master_since() {
        long before = lastHeartbeat();
        site.in(new Input.ClocksDisagree());
        master();
        answerHeartbeat("b:1", before);
        read(new ReadGoal.Within(2 * SECOND));
        assertThat(wantsSnapshot()).as("it may be as old as the sleep was long").isFalse();
        answerHeartbeat("b:1", lastHeartbeat());
        assertThat(wantsSnapshot()).isTrue();
    }

    @Test
    void a_snapshot_that_was_asked_for_before_the_read_began_anew_is_not_the_one_that_answers() {
        read(new ReadGoal.Permanent());
        site.in(new Input.SnapshotTaken(7, 1, new Standing(2, 10)));
        assertThat(wantsSnapshot())
                .as("a newer one, for that history is another")
                .isTrue();
        site.in(new Input.SnapshotTaken(7, 1, Standing.ZERO));
        assertThat(isConfirmed()).isFalse();
        site.in(new Input.SnapshotTaken(7, 2, Standing.ZERO));
        assertThat(isConfirmed()).isTrue();
    }

    private Outcome outcome(Standing commit) {
        site.in(new Input.AskOutcome(3, commit, 0));
        return site.effects(Effect.OutcomeTold.class).get(0).outcome();
    }

    @Test
    void an_outcome_is_applied_then_permanent() {
        master();
        long lsn = site.commit();
        Standing commit = new Standing(site.view().generation(), lsn);
        assertThat(outcome(commit)).isEqualTo(Outcome.APPLIED);
        site.ack("b:1", 1, lsn);
        assertThat(outcome(commit)).isEqualTo(Outcome.PERMANENT);
    }

    @Test
    void a_commit_is_rolled_back_only_once_what_took_its_place_is_permanent() {
        master();
        Standing lost = new Standing(1, 11);
        assertThat(outcome(lost)).isEqualTo(Outcome.UNKNOWN);
        site.in(new Input.AskOutcome(9, lost, 5 * SECOND));
        assertThat(site.effects(Effect.OutcomeTold.class))
                .as("it may become final yet")
                .isEmpty();

        site.ack("b:1", 1, site.view().last().lsn());
        assertThat(site.effects(Effect.OutcomeTold.class))
                .extracting(Effect.OutcomeTold::outcome)
                .containsExactly(Outcome.ROLLED_BACK);
        assertThat(outcome(lost)).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void a_question_that_waits_is_answered_when_its_time_is_over() {
        site.in(new Input.AskOutcome(9, new Standing(4, 99), 2 * SECOND));
        assertThat(site.after(1_000).effects(Effect.OutcomeTold.class)).isEmpty();
        assertThat(site.after(1_001).effects(Effect.OutcomeTold.class))
                .extracting(Effect.OutcomeTold::outcome)
                .containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void another_sites_read_is_answered_no_where_no_master_is() {
        site.from("b:1", new Message.ConfirmRequest(5));
        assertThat(site.effects(Effect.Send.class))
                .contains(new Effect.Send(B, new Message.ConfirmAnswer(5, false, Standing.ZERO)));
    }
}
