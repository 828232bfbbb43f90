package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.Elected;
import org.understudy.event.ElectionFailed;
import org.understudy.event.MasterFailure;
import org.understudy.event.NewMaster;

/** docs/protocol.md §4: who is asked, who wins, who is refused. */
class ElectionRulesTest {
    private static final Standing LOG = new Standing(3, 10);

    @Test
    void candidates_are_ranked_by_standing_then_priority_then_chance_then_name_in_a_total_order() {
        SplittableRandom random = new SplittableRandom(5);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            candidates.add(new Candidate(
                    "s" + random.nextInt(5),
                    new Standing(random.nextInt(3), random.nextInt(3)),
                    random.nextInt(3),
                    random.nextInt(3),
                    true));
        }
        for (Candidate a : candidates) {
            for (Candidate b : candidates) {
                assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
                assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
                for (Candidate c : candidates) {
                    if (a.compareTo(b) > 0 && b.compareTo(c) > 0) {
                        assertThat(a.compareTo(c)).isPositive();
                    }
                }
            }
        }
        assertThat(new Candidate("x", new Standing(2, 1), 0, 0, true))
                .isGreaterThan(new Candidate("y", new Standing(1, 9), 9, 9, true));
    }

    @Test
    void a_majority_of_votes_makes_a_master_which_tells_it_in_order() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.elect("b:1");
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.effects(Effect.Fire.class))
                .extracting(fire -> fire.event().getClass().getSimpleName())
                .containsSubsequence(Elected.class.getSimpleName(), BecameMaster.class.getSimpleName());
        assertThat(site.view().generation()).isEqualTo(4);
    }

    @Test
    void a_vote_is_forced_before_it_leaves() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.VoteRequest(4, LOG, 0));
        int saved = site.effects.indexOf(site.effects(Effect.SaveBallot.class).get(0));
        assertThat(site.effects.get(saved + 1)).isInstanceOf(Effect.Send.class);
        assertThat(site.sent(Message.VoteAnswer.class)).allMatch(Message.VoteAnswer::granted);
    }

    @Test
    void a_generation_heard_of_before_its_candidate_asks_has_a_vote_too() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.Heartbeat(1, 4, false, LOG, 0, 0, org.understudy.SyncPhase.NONE));
        site.from("b:1", new Message.VoteRequest(4, new Standing(3, 9), 0));
        assertThat(site.sent(Message.VoteAnswer.class)).noneMatch(Message.VoteAnswer::granted);
        site.from("b:1", new Message.VoteRequest(4, LOG, 0));
        assertThat(site.sent(Message.VoteAnswer.class)).allMatch(Message.VoteAnswer::granted);
        site.from("c:1", new Message.VoteRequest(4, LOG, 0));
        assertThat(site.sent(Message.VoteAnswer.class)).noneMatch(Message.VoteAnswer::granted);
    }

    /** Seed 664178: it became master of the older one, and called itself master of the later one in its heartbeats. */
    @Test
    void a_candidate_that_has_heard_of_a_later_generation_does_not_become_master() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.Nominate(3, "", false));
        site.from("c:1", new Message.VoteRequest(5, new Standing(3, 9), 0));
        assertThat(site.sent(Message.VoteAnswer.class)).noneMatch(Message.VoteAnswer::granted);
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        assertThat(site.effects(Effect.OpenTail.class)).isEmpty();
    }

    @Test
    void one_vote_per_generation() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.VoteRequest(4, LOG, 0));
        site.from("c:1", new Message.VoteRequest(4, LOG, 0));
        assertThat(site.sent(Message.VoteAnswer.class)).noneMatch(Message.VoteAnswer::granted);
        site.from("b:1", new Message.VoteRequest(4, LOG, 0));
        assertThat(site.sent(Message.VoteAnswer.class)).allMatch(Message.VoteAnswer::granted);
    }

    @Test
    void no_vote_for_a_shorter_log_however_high_its_lsn() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.VoteRequest(4, new Standing(2, 1000), 0));
        assertThat(site.sent(Message.VoteAnswer.class)).noneMatch(Message.VoteAnswer::granted);
        assertThat(site.view().generation())
                .as("the generation is known all the same")
                .isEqualTo(4);
    }

    @Test
    void votes_are_a_set_of_sites() {
        ScriptedSite site =
                ScriptedSite.memberWith(LOG, "b:1", "c:1", "d:1", "e:1").connect("b:1", "c:1", "d:1", "e:1");
        site.after(600);
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        for (String name : List.of("b:1", "c:1", "d:1", "e:1")) {
            site.from(
                    name,
                    new Message.CanvassAnswer(
                            round, Message.CanvassKind.CANNOT_STAND, 0, Standing.ZERO, 0, 0, true, ""));
        }
        for (int i = 0; i < 3; i++) {
            site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        }
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        site.from("c:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void a_lost_master_begins_a_canvass_at_once() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        assertThat(site.events(NewMaster.class)).hasSize(1);
        site.lose("b:1");
        assertThat(site.events(MasterFailure.class)).hasSize(1);
        assertThat(site.sent(Message.CanvassRequest.class)).hasSize(1);
    }

    @Test
    void a_member_that_hears_a_master_ends_the_canvass() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        site.from("c:1", new Message.CanvassRequest(9, 3));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind, Message.CanvassAnswer::master)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Message.CanvassKind.MASTER_ALIVE, "b:1"));
    }

    @Test
    void every_canvasser_is_told_the_same_tiebreaker() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.CanvassRequest(1, 3));
        long first = site.sent(Message.CanvassAnswer.class).get(0).tiebreaker();
        site.from("c:1", new Message.CanvassRequest(1, 3));
        assertThat(site.sent(Message.CanvassAnswer.class).get(0).tiebreaker()).isEqualTo(first);
    }

    @Test
    void a_canvass_without_a_majority_fails_and_changes_nothing_durable() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1");
        site.after(600).unreachable("b:1").unreachable("c:1");
        assertThat(site.events(ElectionFailed.class)).hasSize(1);
        assertThat(site.view().generation()).isEqualTo(3);
    }

    @Test
    void a_higher_generation_makes_a_master_a_client_and_a_lower_one_is_answered() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.elect("b:1");
        site.from("c:1", ScriptedSite.heartbeatOfMaster(3, LOG));
        assertThat(site.sent(Message.Outdated.class)).hasSize(1);
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        site.from("c:1", ScriptedSite.heartbeatOfMaster(9, LOG));
        assertThat(site.effects(Effect.CloseTail.class)).hasSize(1);
        assertThat(site.events(DuplicateMaster.class)).hasSize(1);
        assertThat(site.events(BecameClient.class)).hasSize(1);
        assertThat(site.view().master()).contains("c:1");
    }

    @Test
    void a_master_that_no_majority_answers_steps_down() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.elect("b:1");
        for (int i = 0; i < 9; i++) {
            site.after(500);
        }
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    @Test
    void a_site_of_priority_zero_canvasses_and_nominates_another() {
        ScriptedSite site = ScriptedSite.memberOf(
                LOG,
                0,
                ScriptedSite.member(1, "a:1", 0),
                ScriptedSite.member(2, "b:1", 1),
                ScriptedSite.member(3, "c:1", 1));
        site.connect("b:1", "c:1").after(600);
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        site.from("b:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 1, 0, true, ""));
        site.from("c:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 1, 5, true, ""));
        assertThat(site.effects(Effect.Send.class))
                .anyMatch(send -> send.to().name().equals("c:1") && send.message() instanceof Message.Nominate);
    }

    @Test
    void a_nominee_that_does_nothing_is_left_out_next_time() {
        ScriptedSite site = ScriptedSite.memberOf(
                LOG,
                0,
                ScriptedSite.member(1, "a:1", 0),
                ScriptedSite.member(2, "b:1", 1),
                ScriptedSite.member(3, "c:1", 1));
        site.connect("b:1", "c:1").after(600);
        canvassOnce(site);
        site.from("b:1", heartbeat()).from("c:1", heartbeat()).after(1_900);
        site.from("b:1", heartbeat()).from("c:1", heartbeat()).after(200);
        canvassOnce(site);
        assertThat(site.effects(Effect.Send.class))
                .anyMatch(send -> send.to().name().equals("b:1") && send.message() instanceof Message.Nominate);
    }

    @Test
    void a_master_that_says_it_is_none_any_more_is_lost() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        site.from("b:1", new Message.Heartbeat(2, 4, false, LOG, 0, 0, org.understudy.SyncPhase.NONE));
        assertThat(site.events(MasterFailure.class)).hasSize(1);
        assertThat(site.sent(Message.CanvassRequest.class)).hasSize(2);
    }

    private static Message heartbeat() {
        return new Message.Heartbeat(1, 3, false, LOG, 0, 0, org.understudy.SyncPhase.NONE);
    }

    private static void canvassOnce(ScriptedSite site) {
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        site.from("b:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 1, 0, true, ""));
        site.from("c:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 1, 5, true, ""));
    }
}
