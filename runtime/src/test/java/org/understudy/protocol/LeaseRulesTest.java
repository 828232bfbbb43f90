package org.understudy.protocol;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.LeaseStatus;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.log.GroupTerms;

/** Leases: what a voter promises, how long a master counts on it, and when it is over (protocol.md §4.5). */
class LeaseRulesTest {
    private static final long SECOND = 1_000_000;
    private static final long LEASE = 2 * SECOND;
    private static final Standing START = new Standing(1, 10);
    private static final GroupTerms TERMS =
            GroupTerms.of(Durability.WRITE_NO_SYNC, 1 << 20).withLeases(LEASE, 1_000);

    private final ScriptedSite site =
            ScriptedSite.memberUnder(TERMS, 0, START, "b:1", "c:1").connect("b:1", "c:1");

    private void followB(long generation) {
        site.from("b:1", ScriptedSite.heartbeatOfMaster(generation, START));
        site.from("b:1", ScriptedSite.heartbeatOfMaster(generation, START));
    }

    private boolean grants(String candidate, long generation, long released) {
        site.from(candidate, new Message.VoteRequest(generation, START, released));
        return site.sent(Message.VoteAnswer.class).get(0).granted();
    }

    @Test
    void a_voter_promises_its_master_and_notes_the_length_before_it_says_so() {
        followB(2);
        assertThat(site.sent(Message.HeartbeatAnswer.class))
                .extracting(Message.HeartbeatAnswer::promisedMicros)
                .containsExactly(LEASE);
        List<Effect> effects = site.effects;
        assertThat(effects.get(0)).isInstanceOfSatisfying(Effect.SaveBallot.class, save -> assertThat(
                        save.ballot().longestLeaseMicros())
                .isEqualTo(LEASE));
    }

    @Test
    void it_votes_for_nobody_else_until_the_promise_is_over_and_leaves_its_master_alone() {
        followB(2);
        assertThat(grants("c:1", 3, 0)).isFalse();
        assertThat(site.view().generation()).as("the master goes on").isEqualTo(2);
        assertThat(site.view().lease()).isEqualTo(new LeaseStatus(ofMillis(2_000), ZERO, ofMillis(2_000)));
        site.after(1_999);
        assertThat(grants("c:1", 3, 0)).isFalse();
        assertThat(site.view().lease().promised()).hasMillis(1);
        site.after(1);
        assertThat(site.view().lease().promised()).isZero();
        assertThat(grants("c:1", 3, 0)).isTrue();
    }

    @Test
    void clocks_that_disagree_make_a_promise_begin_anew_as_its_end_may_have_been_leapt_over() {
        followB(2);
        site.after(5_000).in(new Input.ClocksDisagree());
        assertThat(grants("c:1", 3, 0)).isFalse();
        site.after(1_999);
        assertThat(grants("c:1", 3, 0)).isFalse();
        site.after(1);
        assertThat(grants("c:1", 3, 0)).isTrue();
    }

    @Test
    void clocks_that_disagree_bind_nobody_who_has_promised_nothing() {
        site.in(new Input.ClocksDisagree());
        assertThat(grants("c:1", 3, 0)).isTrue();
    }

    @Test
    void the_holder_itself_may_be_voted_for() {
        followB(2);
        assertThat(grants("b:1", 3, 0)).isTrue();
    }

    @Test
    void a_release_waives_the_promise_given_to_that_mastership_only() {
        followB(2);
        assertThat(grants("c:1", 3, 1)).isFalse();
        assertThat(grants("c:1", 3, 2)).isTrue();
    }

    @Test
    void a_promise_binds_its_giver_too_unless_the_master_hands_over() {
        followB(2);
        site.lose("b:1");
        assertThat(site.after(1_000).sent(Message.CanvassRequest.class)).isEmpty();
        assertThat(site.after(1_001).sent(Message.CanvassRequest.class)).isNotEmpty();
    }

    @Test
    void a_handover_lets_its_target_stand_at_once_and_show_the_release() {
        followB(2);
        site.from("b:1", new Message.StandNow(2, START));
        assertThat(site.sent(Message.VoteRequest.class)).isNotEmpty().allMatch(request -> request.released() == 2);
    }

    @Test
    void after_a_restart_the_longest_lease_ever_promised_is_waited_for() {
        ScriptedSite restarted =
                ScriptedSite.memberUnder(TERMS, LEASE, START, "b:1", "c:1").connect("b:1", "c:1");
        restarted.from("c:1", new Message.VoteRequest(3, START, 0));
        assertThat(restarted.sent(Message.VoteAnswer.class))
                .extracting(Message.VoteAnswer::granted)
                .containsExactly(false);
        restarted.after(2_001).from("c:1", new Message.VoteRequest(3, START, 0));
        assertThat(restarted.sent(Message.VoteAnswer.class))
                .extracting(Message.VoteAnswer::granted)
                .containsExactly(true);
    }

    // ---- the master's side ----

    private void master() {
        site.elect("b:1").stream("b:1");
        site.ack("b:1", 1, site.view().last().lsn());
    }

    private long heartbeat() {
        return site.after(500).sent(Message.Heartbeat.class).get(0).number();
    }

    private void promise(String from, long heartbeat) {
        site.from(
                from,
                new Message.HeartbeatAnswer(
                        heartbeat, site.view().generation(), site.view().last(), 0, SyncPhase.STREAM, -1, LEASE));
    }

    private boolean holdsLease() {
        return site.holdsLease();
    }

    @Test
    void a_majority_of_promises_is_a_lease_counted_from_the_sending_less_drift_and_margin() {
        master();
        long sent = heartbeat();
        site.after(300);
        assertThat(holdsLease()).isFalse();
        promise("b:1", sent);
        assertThat(holdsLease()).isTrue();
        long usableMillis = 2_000 - 2 - 20;
        assertThat(site.view().lease().held()).hasMillis(usableMillis - 300);
        site.after(usableMillis - 300 - 1);
        assertThat(holdsLease()).isTrue();
        assertThat(site.view().lease().held()).hasMillis(1);
        site.after(1);
        assertThat(holdsLease()).isFalse();
        assertThat(site.view().lease().held()).isZero();
    }

    @Test
    void a_handover_gives_the_lease_up_before_it_orders_another_to_stand() {
        master();
        promise("b:1", heartbeat());
        assertThat(holdsLease()).isTrue();
        site.in(new Input.Order(6, new Command.TransferMastership("b:1"), 1_000_000));
        assertThat(site.effects)
                .extracting(effect -> effect.getClass().getSimpleName())
                .containsSubsequence("CloseTail", "Send");
        assertThat(site.sent(Message.StandNow.class)).hasSize(1);
        assertThat(holdsLease()).isFalse();
    }

    @Test
    void S74_a_master_whose_lease_has_run_out_steps_down() {
        master();
        promise("b:1", heartbeat());
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        site.after(1_979);
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    @Test
    void a_promise_to_another_generation_counts_nothing() {
        master();
        long sent = heartbeat();
        site.from(
                "b:1",
                new Message.HeartbeatAnswer(sent, site.view().generation() - 1, START, 0, SyncPhase.STREAM, -1, LEASE));
        assertThat(holdsLease()).isFalse();
    }

    @Test
    void clocks_that_disagree_end_a_lease_until_it_is_promised_anew() {
        master();
        long before = heartbeat();
        promise("b:1", before);
        site.in(new Input.ClocksDisagree());
        assertThat(holdsLease()).isFalse();
        promise("b:1", before);
        assertThat(holdsLease()).as("an answer to an older heartbeat").isFalse();
        promise("b:1", heartbeat());
        assertThat(holdsLease()).isTrue();
    }

    @Test
    void S74_a_LATEST_read_under_a_lease_needs_no_round_and_is_checked_after_the_read() {
        master();
        promise("b:1", heartbeat());
        site.in(new Input.BeginRead(7, new ReadGoal.Latest(), 5 * SECOND));
        assertThat(site.effects(Effect.TakeSnapshot.class)).hasSize(1);
        site.in(new Input.ClocksDisagree());
        site.in(new Input.SnapshotTaken(7, site.snapshotAttempt(), site.view().last()));
        assertThat(site.effects(Effect.ReadConfirmed.class))
                .as("the lease was dropped")
                .isEmpty();

        promise("b:1", heartbeat());
        site.in(new Input.SnapshotTaken(7, site.snapshotAttempt(), site.view().last()));
        assertThat(site.effects(Effect.ReadConfirmed.class)).hasSize(1);
    }
}
