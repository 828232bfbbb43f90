package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.understudy.ForceMasterReport;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.PossibleLoss;

/** docs/protocol.md §4.7: where a majority is lost for good, the operator makes a site master of those that remain. */
class ForcedMastershipTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final long SECOND = 1_000_000;

    /** Forced at the site of id 1, in a group that had no forced mastership before. */
    private static final long FORCED = 1_000_001_000_000_000L;

    /** Of five sites two answer. */
    private static ScriptedSite twoOfFive() {
        ScriptedSite site =
                ScriptedSite.memberWith(LOG, "b:1", "c:1", "d:1", "e:1").connect("b:1");
        return site.unreachable("c:1").unreachable("d:1").unreachable("e:1");
    }

    private static ScriptedSite force(ScriptedSite site, String... lost) {
        return site.in(new Input.ForceMaster(7, Optional.of(Set.of(lost)), 10 * SECOND));
    }

    private static ScriptedSite answer(ScriptedSite site, String from, Message.CanvassKind kind, Standing standing) {
        long round = site.sent(Message.CanvassRequest.class).stream()
                .mapToLong(Message.CanvassRequest::round)
                .filter(number -> number < 0)
                .findFirst()
                .orElseThrow();
        return site.from(from, new Message.CanvassAnswer(round, kind, 4, standing, 100, 0, true, "x:1"));
    }

    private static ScriptedSite standing(ScriptedSite site) {
        return answer(force(site, "c:1", "d:1", "e:1"), "b:1", Message.CanvassKind.CANNOT_STAND, LOG);
    }

    private static Effect.Result result(ScriptedSite site) {
        return site.effects(Effect.CommandEnded.class).get(0).result();
    }

    @Test
    void a_dry_run_says_who_answers_who_is_lost_and_from_where_commits_may_be_missing() {
        ScriptedSite site = twoOfFive().in(new Input.ForceMaster(7, Optional.empty(), SECOND));
        answer(site, "b:1", Message.CanvassKind.CANNOT_STAND, new Standing(3, 8));
        ForceMasterReport report = ((Effect.Result.Examined) result(site)).report();
        assertThat(report.isPossible()).isTrue();
        assertThat(report.standing()).isEqualTo(LOG);
        assertThat(report.answering()).containsOnlyKeys("b:1").containsValue(new Standing(3, 8));
        assertThat(report.lost()).containsExactlyInAnyOrder("c:1", "d:1", "e:1");
        assertThat(report.mayBeMissingFromLsn()).isEqualTo(1);
        assertThat(site.effects(Effect.SaveBallot.class)).isEmpty();
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void a_site_that_came_in_later_than_this_one_knows_and_knows_more_is_where_to_force() {
        ScriptedSite site = twoOfFive()
                .connect("f:1")
                .from("f:1", new Message.HeartbeatAnswer(1, 3, new Standing(3, 11), 8, SyncPhase.NONE, -1, 0));
        standing(site);
        assertThat(result(site)).asString().contains("site f:1", "knows more");
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void a_site_that_does_not_answer_in_time_counts_as_lost() {
        ScriptedSite site = twoOfFive().in(new Input.ForceMaster(7, Optional.empty(), SECOND));
        site.after(2_000);
        assertThat(result(site)).isInstanceOfSatisfying(Effect.Result.Examined.class, examined -> assertThat(
                        examined.report().lost())
                .contains("b:1"));
    }

    @Test
    void with_the_votes_of_all_that_remain_it_is_master_and_the_lost_are_out() {
        ScriptedSite site = standing(twoOfFive());
        assertThat(site.sent(Message.VoteRequest.class)).containsExactly(new Message.VoteRequest(FORCED, LOG, 0, true));
        site.from("b:1", new Message.VoteAnswer(FORCED, true, FORCED, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.view().generation()).isEqualTo(FORCED);
        assertThat(site.view().members().voters()).extracting("name").containsExactly("a:1", "b:1");
        assertThat(site.events(PossibleLoss.class)).singleElement().asString().contains("c:1", "from LSN 1 on");
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.stream("b:1").ack("b:1", 1, site.view().last().lsn());
        assertThat(result(site)).isEqualTo(new Effect.Result.Done());
        assertThat(site.view().permanentLsn()).isEqualTo(site.view().last().lsn());
    }

    @Test
    void a_lost_one_that_comes_back_hears_only_that_it_is_removed_and_deposes_nobody() {
        ScriptedSite site = standing(twoOfFive());
        site.from("b:1", new Message.VoteAnswer(FORCED, true, FORCED, 100, ""));
        site.stream("b:1").ack("b:1", 1, site.view().last().lsn());
        site.connect("c:1");
        assertThat(site.sent(Message.Removed.class)).hasSize(1);
        assertThat(site.sent(Message.Heartbeat.class)).isEmpty();
        site.from("c:1", new Message.VoteRequest(FORCED + 9, new Standing(FORCED, 99), 0));
        site.from("c:1", ScriptedSite.heartbeatOfMaster(5, new Standing(5, 20)));
        assertThat(site.sent(Message.Outdated.class)).isEmpty();
        assertThat(site.sent(Message.HeartbeatAnswer.class)).isEmpty();
        site.from("c:1", new Message.CanvassRequest(1, 5));
        assertThat(site.sent(Message.CanvassAnswer.class)).isEmpty();
        site.from("c:1", new Message.Removed(ScriptedSite.GROUP, new Standing(FORCED, 12), "forced there too"));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.view().generation()).isEqualTo(FORCED);
    }

    @Test
    void one_refusal_is_enough() {
        ScriptedSite site = standing(twoOfFive());
        site.from("b:1", new Message.VoteAnswer(FORCED, false, 4, 100, "the log here reaches 3/11"));
        assertThat(result(site)).asString().contains("Unavailable", "b:1", "3/11");
        site.from("b:1", new Message.VoteAnswer(FORCED, true, FORCED, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    @Test
    void without_a_vote_in_time_nothing_is_changed() {
        ScriptedSite site = standing(twoOfFive()).after(2_000);
        assertThat(result(site)).asString().contains("Unavailable", "b:1");
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        assertThat(site.view().members().voters()).hasSize(5);
    }

    @Test
    void a_better_site_is_named() {
        ScriptedSite site = force(twoOfFive(), "c:1", "d:1", "e:1");
        answer(site, "b:1", Message.CanvassKind.CANNOT_STAND, new Standing(3, 11));
        assertThat(result(site)).asString().contains("Refused", "site b:1 knows more, 3/11");
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void exactly_those_that_do_not_answer_have_to_be_named() {
        ScriptedSite tooFew = force(twoOfFive(), "c:1", "d:1");
        answer(tooFew, "b:1", Message.CanvassKind.CANNOT_STAND, LOG);
        assertThat(result(tooFew)).asString().contains("Refused", "[c:1, d:1, e:1]", "[c:1, d:1]");
        ScriptedSite tooMany = force(twoOfFive(), "b:1", "c:1", "d:1", "e:1");
        answer(tooMany, "b:1", Message.CanvassKind.CANNOT_STAND, LOG);
        assertThat(result(tooMany)).asString().contains("Refused");
    }

    @Test
    void where_a_majority_answers_it_is_refused() {
        ScriptedSite site = twoOfFive().connect("c:1");
        force(site, "d:1", "e:1");
        answer(site, "b:1", Message.CanvassKind.CANNOT_STAND, LOG);
        site.from("c:1", new Message.CanvassAnswer(-1, Message.CanvassKind.CANNOT_STAND, 4, LOG, 100, 0, true, ""));
        assertThat(result(site)).asString().contains("Refused", "3 of 5 voting sites answer");
    }

    @Test
    void where_another_hears_a_master_it_is_refused() {
        ScriptedSite site = force(twoOfFive(), "c:1", "d:1", "e:1");
        answer(site, "b:1", Message.CanvassKind.MASTER_ALIVE, LOG);
        assertThat(result(site)).asString().contains("Refused", "site b:1 hears that site x:1 is master");
    }

    @Test
    void a_lost_one_that_is_back_before_the_votes_stops_it() {
        ScriptedSite site = standing(twoOfFive()).connect("c:1");
        assertThat(result(site)).asString().contains("Unavailable", "site c:1 is back");
        site.from("b:1", new Message.VoteAnswer(FORCED, true, FORCED, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    @Test
    void forced_apart_no_two_sites_come_to_the_same_generation() {
        assertThat(ForcedMastership.forced(5, 1)).isEqualTo(FORCED);
        assertThat(ForcedMastership.forced(5, 2)).isEqualTo(FORCED + 1_000_000_000L);
        assertThat(ForcedMastership.forced(FORCED + 17, 1)).isEqualTo(2_000_001_000_000_000L);
    }
}
