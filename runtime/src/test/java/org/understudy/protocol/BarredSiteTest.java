package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.PossibleLoss;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;

/** docs/protocol.md §2.3: a site that may have lost what it acknowledged, and a group in which too few are sure. */
class BarredSiteTest {
    private static final Standing LOG = new Standing(3, 10);

    private static ScriptedSite barred() {
        return ScriptedSite.rebooted(LOG, "b:1", "c:1").connect("b:1", "c:1");
    }

    private static void followAndStream(ScriptedSite site) {
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        Message.VerifyRequest asked = site.sent(Message.VerifyRequest.class).get(0);
        site.from(
                "b:1",
                new Message.VerifyAnswer(
                        asked.request(),
                        4,
                        ScriptedSite.incarnation("m:4"),
                        site.view().history(),
                        10,
                        1,
                        10,
                        9,
                        7));
    }

    private static Message canvassAnswer(long round, Message.CanvassKind kind, Standing standing, int priority) {
        return new Message.CanvassAnswer(round, kind, 3, standing, priority, 0, true, "");
    }

    private static long canvass(ScriptedSite site) {
        return site.after(600).sent(Message.CanvassRequest.class).get(0).round();
    }

    @Test
    void it_does_not_vote() {
        ScriptedSite site = barred().from("b:1", new Message.VoteRequest(4, LOG, 0));
        assertThat(site.sent(Message.VoteAnswer.class))
                .singleElement()
                .satisfies(answer -> assertThat(answer.granted()).isFalse())
                .satisfies(answer -> assertThat(answer.reason()).contains("restarted"));
        assertThat(site.view().generation()).isEqualTo(3);
    }

    @Test
    void it_acknowledges_nothing_until_a_master_with_a_majority_has_said_how_far_it_must_come() {
        ScriptedSite site = barred();
        followAndStream(site);
        assertThat(site.view().phase()).isEqualTo(SyncPhase.STREAM);
        assertThat(site.sent(Message.Ack.class)).isEmpty();
        assertThat(site.view().barred()).isPresent();
        site.after(100).from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        assertThat(site.view().barred()).isEmpty();
        assertThat(site.sent(Message.Ack.class))
                .as("what it stored while it was barred")
                .extracting(Message.Ack::lsn)
                .containsExactly(10L);
        assertThat(site.effects(Effect.SaveBallot.class))
                .last()
                .extracting(save -> save.ballot().mustReach())
                .isEqualTo(Standing.ZERO);
    }

    @Test
    void a_master_whose_majority_is_older_than_this_process_says_nothing() {
        ScriptedSite site = barred();
        followAndStream(site);
        site.from("b:1", new Message.Heartbeat(2, 4, true, LOG, 9, 3_000_000, SyncPhase.NONE));
        assertThat(site.view().barred()).isPresent();
    }

    @Test
    void it_nominates_nobody_while_others_may_still_decide() {
        ScriptedSite site = barred();
        long round = canvass(site);
        site.from("b:1", canvassAnswer(round, Message.CanvassKind.STANDING, LOG, 100));
        site.from("c:1", canvassAnswer(round, Message.CanvassKind.STANDING, LOG, 100));
        assertThat(site.sent(Message.Nominate.class)).isEmpty();
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void when_all_answer_and_too_few_may_vote_the_best_is_elected_all_the_same_and_says_that_something_may_be_lost() {
        ScriptedSite site = barred();
        long round = canvass(site);
        site.from("b:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 8), 100));
        site.from("c:1", canvassAnswer(round, Message.CanvassKind.STANDING, new Standing(3, 9), 100));
        assertThat(site.sent(Message.VoteRequest.class)).isNotEmpty().allMatch(Message.VoteRequest::lastResort);
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.view().barred()).isEmpty();
        assertThat(site.events(PossibleLoss.class)).hasSize(1);
    }

    @Test
    void one_that_knows_most_of_them_and_cannot_be_master_itself_nominates_the_next() {
        ScriptedSite site = barred().in(new Input.DiskPending(3_600_000_000L));
        long round = canvass(site);
        site.from("b:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 8), 100));
        site.from("c:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 7), 100));
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(site.sent(Message.Nominate.class))
                .singleElement()
                .matches(Message.Nominate::lastResort)
                .extracting(Message.Nominate::source)
                .as("whose log the nominee fetches first")
                .isEqualTo(ScriptedSite.SELF);
    }

    @Test
    void with_one_member_missing_they_wait_for_it() {
        ScriptedSite site = barred().lose("c:1");
        long round = canvass(site);
        site.unreachable("c:1");
        site.from("b:1", canvassAnswer(round, Message.CanvassKind.BARRED, LOG, 100));
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(site.sent(Message.Nominate.class)).isEmpty();
    }

    @Test
    void in_a_last_resort_it_votes_and_is_barred_until_that_mastership_begins_in_its_log() {
        ScriptedSite site = barred().from("b:1", new Message.VoteRequest(4, LOG, 0, true));
        assertThat(site.sent(Message.VoteAnswer.class)).isNotEmpty().allMatch(Message.VoteAnswer::granted);
        assertThat(site.view().barred().orElseThrow()).contains("must reach 4/" + (LOG.lsn() + 1));
    }

    @Test
    void a_last_resort_that_comes_to_nothing_frees_nobody_and_the_next_says_again_what_may_be_lost() {
        ScriptedSite site = barred();
        long round = canvass(site);
        site.from("b:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 8), 100));
        site.from("c:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 9), 100));
        site.from("b:1", new Message.VoteAnswer(4, false, 5, 100, "generation 5 is known here"));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        assertThat(site.view().barred()).isPresent();
        assertThat(site.events(PossibleLoss.class)).isEmpty();
    }

    @Test
    void a_nominee_that_stood_in_vain_asks_for_itself_and_finds_that_too_few_may_vote_by_its_own_table() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", new Message.Nominate(3, "", false));
        assertThat(site.sent(Message.VoteRequest.class)).isNotEmpty().noneMatch(Message.VoteRequest::lastResort);
        site.from("b:1", new Message.VoteAnswer(4, false, 3, 100, "this site has no vote now"));
        site.from("c:1", new Message.VoteAnswer(4, false, 3, 100, "this site has no vote now"));
        site.from("b:1", new Message.Nominate(4, "", false));
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        site.from("b:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 8), 100));
        site.from("b:1", new Message.Nominate(4, "", false));
        assertThat(site.sent(Message.CanvassRequest.class))
                .as("it goes on asking")
                .isEmpty();
        site.from("c:1", canvassAnswer(round, Message.CanvassKind.BARRED, new Standing(3, 9), 100));
        assertThat(site.sent(Message.VoteRequest.class)).isNotEmpty().allMatch(Message.VoteRequest::lastResort);
    }

    private static Message verifyAnswer(ScriptedSite site, long stream, long ackedLsn) {
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        return new Message.VerifyAnswer(
                request, 4, ScriptedSite.incarnation("m:4"), site.view().history(), 10, 1, 12, 9, stream, ackedLsn);
    }

    @Test
    void a_site_that_has_lost_what_its_master_remembers_it_acknowledged_is_barred_until_it_has_that_again() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, new Standing(4, 12)));
        site.from("b:1", verifyAnswer(site, 7, 12));
        assertThat(site.effects(Effect.SaveBallot.class))
                .last()
                .extracting(save -> save.ballot().mustReach())
                .isEqualTo(new Standing(4, 12));
        assertThat(site.sent(Message.Ack.class)).isEmpty();
        assertThat(site.view().barred().orElseThrow()).contains("must reach 4/12");
        site.from("c:1", new Message.VoteRequest(5, LOG, 0));
        assertThat(site.sent(Message.VoteAnswer.class)).last().matches(answer -> !answer.granted());
    }

    @Test
    void one_that_holds_all_it_acknowledged_is_not_barred() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, new Standing(4, 12)));
        site.from("b:1", verifyAnswer(site, 7, 10));
        assertThat(site.view().barred()).isEmpty();
        assertThat(site.sent(Message.Ack.class)).isNotEmpty();
    }

    @Test
    void a_master_remembers_what_was_acknowledged_on_all_streams_of_its_mastership_and_of_that_incarnation_only() {
        ScriptedSite master = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        GenerationHistory old = master.view().history();
        master.elect("b:1", "c:1").stream("b:1");
        long lsn = master.commit();
        master.ack("b:1", 1, lsn);
        for (long request = 2; request < 4; request++) {
            master.lose("b:1").connect("b:1");
            master.from("b:1", new Message.VerifyRequest(request, old, LOG, 0, true));
            assertThat(master.sent(Message.VerifyAnswer.class)).last().matches(answer -> answer.ackedLsn() == lsn);
        }
        master.from("c:1", new Message.VerifyRequest(1, old, LOG, 0, true));
        assertThat(master.sent(Message.VerifyAnswer.class)).last().matches(answer -> answer.ackedLsn() == 0);
    }

    @Test
    void what_a_ballot_says_when_it_is_opened_again() {
        Ballot ballot = Ballot.first(ScriptedSite.incarnation("a:1"))
                .inGroup(ScriptedSite.GROUP, "a:1")
                .openSince("one");
        assertThat(ballot.reopened("one", false).mustReach()).isEqualTo(Standing.ZERO);
        assertThat(ballot.reopened("two", true).mustReach()).isEqualTo(Standing.ZERO);
        assertThat(ballot.reopened("two", false).mustReach()).isEqualTo(Ballot.UNKNOWN);
        assertThat(ballot.openSince("").reopened("two", false).mustReach()).isEqualTo(Standing.ZERO);
        assertThat(ballot.reopened("two", false).reopened("two", false).mustReach())
                .isEqualTo(Ballot.UNKNOWN);
    }
}
