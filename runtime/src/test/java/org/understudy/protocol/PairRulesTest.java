package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.Role;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.log.GroupTerms;
import org.understudy.log.Member;

/** docs/protocol.md §4.6: two sites that are not strict, and what each may do while the other is away. */
class PairRulesTest {
    private static final Standing LAST = new Standing(3, 10);
    private static final GroupTerms NOT_STRICT =
            GroupTerms.of(Durability.WRITE_NO_SYNC, 1 << 20).withTwoSiteStrict(false);
    private static final Member LOWER = ScriptedSite.member(1, "b:1", 100);
    private static final Member SELF = ScriptedSite.member(2, "a:1", 100);

    private static ScriptedSite pair() {
        return ScriptedSite.underTerms(NOT_STRICT, LAST, 10, LOWER, SELF);
    }

    private static ScriptedSite streaming() {
        ScriptedSite site = pair().connect("b:1").from("b:1", ScriptedSite.heartbeatOfMaster(5, LAST, 10));
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        return site.from(
                "b:1",
                new Message.VerifyAnswer(
                        request, 5, new java.util.UUID(5, 5), site.view().history(), 10, 1, 10, 10, 1));
    }

    @Test
    void one_that_streamed_goes_on_alone_in_a_generation_the_other_never_takes() {
        ScriptedSite site = streaming().lose("b:1").unreachable("b:1");
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.view().generation())
                .as("the higher site id takes even generations")
                .isEqualTo(6);
        site.after(60_000);
        assertThat(site.view().role())
                .as("nobody deposes it for want of a majority")
                .isEqualTo(Role.MASTER);
        long permanent = site.view().permanentLsn();
        site.commit();
        assertThat(site.view().permanentLsn()).as("QUORUM still needs both").isEqualTo(permanent);
    }

    @Test
    void one_that_starts_alone_waits_for_the_other_or_for_the_application() {
        ScriptedSite site = pair().unreachable("b:1").after(600).unreachable("b:1");
        site.after(30_000).unreachable("b:1");
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        site.in(new Input.StartElection()).unreachable("b:1");
        site.after(2_100);
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void one_that_has_voted_for_the_other_waits_for_it() {
        ScriptedSite site = streaming().from("b:1", new Message.VoteRequest(7, LAST, 0));
        site.lose("b:1").unreachable("b:1").after(30_000);
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    @Test
    void one_that_has_agreed_to_decide_together_waits_for_the_other() {
        ScriptedSite site = streaming();
        site.from(
                "b:1",
                new Message.Append(
                        5,
                        new java.util.UUID(5, 5),
                        1,
                        LAST,
                        ScriptedSite.tied(site.view().members(), 5, 11),
                        11,
                        11));
        site.lose("b:1").unreachable("b:1").after(30_000);
        assertThat(site.view().members().tied()).isTrue();
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    private static ScriptedSite master() {
        ScriptedSite site = pair().connect("b:1");
        site.elect("b:1").stream("b:1");
        return site.ack("b:1", 1, site.view().last().lsn());
    }

    @Test
    void a_third_site_comes_in_once_both_have_stored_that_they_decide_together() {
        ScriptedSite site = master().connect("c:1").from("c:1", new Message.JoinRequest(1, 100, false, false));
        site.ack("b:1", 1, site.view().last().lsn()).stream("c:1");
        site.ack("c:1", 2, site.view().last().lsn());
        assertThat(site.view().members().tied()).isTrue();
        assertThat(site.view().members().voters()).hasSize(2);
        site.ack("b:1", 1, site.view().last().lsn());
        assertThat(site.view().members().byName("c:1").orElseThrow().state()).isEqualTo(SiteState.PRESENT);
        assertThat(site.view().members().tied()).isFalse();
    }

    /** Otherwise one of the two, restarted and told to go on, and the other with the removed site would both be masters. */
    @Test
    void three_that_become_a_pair_decide_together_until_both_have_stored_that() {
        ScriptedSite site = shrinking();
        assertThat(site.view().members().voters()).hasSize(2);
        assertThat(site.view().members().tied()).isTrue();
        site.ack("b:1", 1, site.view().last().lsn());
        assertThat(site.view().members().tied()).isFalse();
    }

    @Test
    void while_the_other_is_away_it_is_removed_by_force_only() {
        ScriptedSite site = master().lose("b:1");
        site.in(new Input.Order(5, new Command.Remove("b:1"), 1_000_000));
        assertThat(site.view().members().members()).hasSize(2);
        site.commit();
        site.in(new Input.Order(6, new Command.ForceRemove("b:1"), 1_000_000));
        assertThat(site.effects(Effect.CommandEnded.class))
                .contains(new Effect.CommandEnded(6, new Effect.Result.Done()));
        assertThat(site.view().members().members()).hasSize(1);
        assertThat(site.view().permanentLsn()).isEqualTo(site.view().last().lsn());
    }

    @Test
    void an_emptied_site_under_the_others_name_does_not_keep_that_one_from_being_removed_by_force() {
        ScriptedSite site = master().lose("b:1");
        Peer emptied = new Peer("b:1", new java.util.UUID(9, 9));
        site.in(new Input.Connected(emptied, ScriptedSite.GROUP));
        site.in(new Input.Order(6, new Command.ForceRemove("b:1"), 1_000_000));
        assertThat(site.view().members().members()).hasSize(1);
        assertThat(site.view().permanentLsn()).isEqualTo(site.view().last().lsn());
    }

    /** It can store the tie no more, so the site that joins would wait for it for ever. */
    @Test
    void one_that_is_lost_while_a_third_comes_in_is_removed_by_force_and_that_one_comes_in() {
        ScriptedSite site = master().connect("c:1").from("c:1", new Message.JoinRequest(1, 100, false, false));
        site.ack("b:1", 1, site.view().last().lsn()).stream("c:1");
        site.ack("c:1", 2, site.view().last().lsn());
        assertThat(site.view().members().tied()).isTrue();
        assertThat(site.view().permanentLsn()).isLessThan(site.view().last().lsn());
        site.lose("b:1").in(new Input.Order(6, new Command.ForceRemove("b:1"), 1_000_000));
        assertThat(site.effects(Effect.CommandEnded.class))
                .contains(new Effect.CommandEnded(6, new Effect.Result.Done()));
        assertThat(site.view().members().byName("b:1")).isEmpty();
        assertThat(site.view().members().byName("c:1").orElseThrow().state()).isEqualTo(SiteState.PRESENT);
        assertThat(site.view().members().tied()).isFalse();
    }

    /** That one and the removed site may have elected a master: what those two acknowledged would be lost untold. */
    @Test
    void one_that_is_lost_before_both_have_stored_that_they_are_a_pair_is_not_removed_by_force() {
        ScriptedSite site = shrinking();
        site.lose("b:1").in(new Input.Order(6, new Command.ForceRemove("b:1"), 1_000_000));
        assertThat(site.theOnly(Effect.CommandEnded.class).result())
                .isInstanceOfSatisfying(Effect.Result.Refused.class, refused -> assertThat(refused.reason())
                        .contains("b:1", "force mastership"));
        assertThat(site.view().members().byName("b:1")).isPresent();
    }

    @Test
    void one_that_is_lost_once_both_have_stored_that_they_are_a_pair_is_removed_by_force() {
        ScriptedSite site = shrinking();
        site.ack("b:1", 1, site.view().last().lsn());
        site.lose("b:1").in(new Input.Order(6, new Command.ForceRemove("b:1"), 1_000_000));
        assertThat(site.view().members().members()).hasSize(1);
        assertThat(site.view().permanentLsn()).isEqualTo(site.view().last().lsn());
    }

    /** A master of three that are about to be two. */
    private static ScriptedSite shrinking() {
        Member third = ScriptedSite.member(3, "c:1", 100);
        ScriptedSite site = ScriptedSite.underTerms(NOT_STRICT, LAST, 10, LOWER, SELF, third)
                .connect("b:1", "c:1");
        site.elect("b:1").stream("b:1").stream("c:1");
        site.ack("b:1", 1, site.view().last().lsn());
        return site.in(new Input.Order(5, new Command.Remove("c:1"), 1_000_000));
    }

    @Test
    void the_preferred_master_gets_mastership_back_once_it_has_caught_up() {
        GroupTerms terms = NOT_STRICT.withPreferredMaster("b:1");
        ScriptedSite site =
                ScriptedSite.underTerms(terms, LAST, 10, LOWER, SELF).connect("b:1");
        site.elect("b:1").stream("b:1");
        site.ack("b:1", 1, site.view().last().lsn());
        site.after(10).ack("b:1", 1, site.view().last().lsn());
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
    }

    @Test
    void a_preferred_master_that_waits_to_be_made_a_view_is_handed_nothing() {
        GroupTerms terms = NOT_STRICT.withPreferredMaster("b:1");
        ScriptedSite site =
                ScriptedSite.underTerms(terms, LAST, 10, LOWER, SELF).connect("b:1");
        site.elect("b:1").stream("b:1", false);
        site.ack("b:1", 1, site.view().last().lsn());
        site.after(10).ack("b:1", 1, site.view().last().lsn());
        assertThat(site.view().role()).isEqualTo(Role.MASTER);

        site.in(new Input.Order(5, new Command.TransferMastership("b:1"), 1_000_000));
        assertThat(site.theOnly(Effect.CommandEnded.class).result().toString()).contains("started as a view");
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
    }
}
