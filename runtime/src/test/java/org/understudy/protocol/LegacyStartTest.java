package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.understudy.protocol.ScriptedSite.SELF;
import static org.understudy.protocol.ScriptedSite.incarnation;
import static org.understudy.protocol.ScriptedSite.peer;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.ElectionFailed;
import org.understudy.event.SiteAdded;
import org.understudy.event.SiteRemoved;
import org.understudy.log.Ballot;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/** docs/protocol.md §6, legacy start-up: all sites begin the group alike, and its first master needs each of them. */
class LegacyStartTest {
    private static final Standing BEGUN = new Standing(0, 1);
    private static final MemberTable FOUNDING = MemberTable.founding("quotes", List.of("c:1", SELF, "b:1"));

    private static ScriptedSite founder() {
        return ScriptedSite.founder(FOUNDING);
    }

    private static Message.CanvassAnswer cannotStand(ScriptedSite site) {
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        return new Message.CanvassAnswer(round, Message.CanvassKind.CANNOT_STAND, 0, BEGUN, 0, 0, false, "");
    }

    private static Message.VoteAnswer vote(int priority) {
        return new Message.VoteAnswer(1, true, 1, priority, "");
    }

    /** Stands, with the canvass answered by both others. */
    private static ScriptedSite standing() {
        ScriptedSite site = founder().connect("b:1", "c:1").after(0);
        Message.CanvassAnswer answer = cannotStand(site);
        return site.from("b:1", answer).from("c:1", answer);
    }

    @Test
    void all_begin_the_log_with_one_identical_record() {
        assertThat(MemberTable.founding("quotes", List.of("b:1", "c:1", SELF))).isEqualTo(FOUNDING);
        ScriptedSite site = founder();
        assertThat(site.effects(Effect.BeginLog.class).get(0).first().after()).isEqualTo(FOUNDING);
        assertThat(site.effects(Effect.IdentityChanged.class))
                .containsExactly(new Effect.IdentityChanged(FOUNDING.groupId()));
        assertThat(site.view().last()).isEqualTo(BEGUN);
    }

    @Test
    void another_name_or_another_list_makes_another_group_and_the_two_refuse_each_other() {
        MemberTable other = MemberTable.founding("quotes", List.of(SELF, "b:1", "d:1"));
        assertThat(List.of(
                        other.groupId(),
                        MemberTable.founding("orders", List.of(SELF, "b:1", "c:1"))
                                .groupId(),
                        MemberTable.founding("quotes", List.of(SELF, "b:1")).groupId()))
                .doesNotHaveDuplicates()
                .doesNotContain(FOUNDING.groupId());
        assertThat(Hello.refusal(hello(SELF, FOUNDING), hello("b:1", other)))
                .get()
                .asString()
                .contains(
                        SELF,
                        "b:1",
                        FOUNDING.groupId().toString(),
                        other.groupId().toString(),
                        "legacy-sites");
    }

    private static Hello hello(String site, MemberTable table) {
        return new Hello(Hello.VERSION, 0, "quotes", table.groupId(), site, "", incarnation(site), ConnectionKind.MAIN);
    }

    @Test
    void nobody_stands_until_every_member_has_answered() {
        ScriptedSite site = founder().connect("b:1").unreachable("c:1").after(600);
        site.from("b:1", cannotStand(site));
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(site.events(ElectionFailed.class).get(0).reason())
                .contains("only 2 of 3 voting sites answered, 3 are needed");
    }

    @Test
    void the_first_master_has_every_vote() {
        ScriptedSite site = standing();
        site.from("b:1", vote(50));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        site.from("b:1", vote(50));
        assertThat(site.view().role()).as("a vote counts once").isEqualTo(Role.CLIENT);
        site.from("c:1", vote(0));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void one_that_is_appointed_stands_again_until_all_are_ready_for_it() {
        ScriptedSite site =
                ScriptedSite.founderWithoutElections(FOUNDING).in(new Input.Appoint(7, Role.MASTER, 10_000_000));
        site.connect("b:1");
        assertThat(site.sent(Message.VoteRequest.class)).as("it needs all").isEmpty();
        site.connect("c:1");
        assertThat(site.sent(Message.VoteRequest.class)).hasSize(2);
        site.from("b:1", new Message.VoteAnswer(1, false, 0, 0, "this site belongs to no group yet"));
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.after(1_000).from("b:1", heartbeat()).from("c:1", heartbeat()).after(1_000);
        assertThat(site.sent(Message.VoteRequest.class))
                .extracting(Message.VoteRequest::generation)
                .containsExactly(2L, 2L);
        site.from("b:1", new Message.VoteAnswer(2, true, 2, 100, ""))
                .from("c:1", new Message.VoteAnswer(2, true, 2, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void its_next_record_is_the_table_with_every_incarnation_and_priority() {
        ScriptedSite site = standing().from("b:1", vote(50)).from("c:1", vote(0));
        assertThat(site.view().last()).isEqualTo(new Standing(1, 3));
        MemberTable table = site.view().members();
        assertThat(table.groupId()).isEqualTo(FOUNDING.groupId());
        assertThat(table.isFounding()).isFalse();
        assertThat(table.members())
                .extracting(Member::name, Member::incarnation, Member::priority)
                .containsExactly(
                        tuple(SELF, incarnation(SELF), 100),
                        tuple("b:1", incarnation("b:1"), 50),
                        tuple("c:1", incarnation("c:1"), 0));
        assertThat(site.events(SiteAdded.class)).isEmpty();
        assertThat(site.events(SiteRemoved.class)).isEmpty();
    }

    @Test
    void from_that_record_on_a_majority_is_enough_and_the_start_ends_with_it() {
        ScriptedSite site =
                standing().from("b:1", vote(100)).from("c:1", vote(100)).lose("c:1");
        assertThat(site.view().permanentLsn()).isZero();
        site.stream("b:1").ack("b:1", 1, 2);
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.ack("b:1", 1, 3);
        assertThat(site.view().permanentLsn()).isEqualTo(3);
        assertThat(site.effects(Effect.CommandEnded.class))
                .containsExactly(new Effect.CommandEnded(1, new Effect.Result.Done()));
    }

    @Test
    void a_founder_that_lost_its_home_after_its_vote_counts_no_more() {
        ScriptedSite site =
                standing().from("b:1", vote(100)).from("c:1", vote(100)).lose("c:1");
        Peer wiped = new Peer("c:1", new UUID(5, 5));
        site.in(new Input.Connected(wiped, FOUNDING.groupId()));
        site.in(new Input.Received(wiped, new Message.JoinRequest(1, 100, false, false)));
        assertThat(site.sent(Message.JoinAnswer.class).get(0).reason()).contains("with another incarnation");
    }

    @Test
    void a_site_without_a_group_has_no_vote_for_founders() {
        ScriptedSite stranger = ScriptedSite.newcomer(ScriptedSite.SYNC, "b:1").connect("b:1");
        stranger.from("b:1", new Message.VoteRequest(1, BEGUN, 0));
        assertThat(stranger.sent(Message.VoteAnswer.class).get(0).granted()).isFalse();
    }

    @Test
    void a_founder_votes_with_the_priority_it_is_configured_with() {
        ScriptedSite site = founder().connect("b:1").from("b:1", new Message.VoteRequest(1, BEGUN, 0));
        assertThat(site.sent(Message.VoteAnswer.class)).containsExactly(vote(100));
    }

    @Test
    void a_founder_follows_the_first_master_and_is_a_member_once_its_table_is_permanent() {
        ScriptedSite master = standing().from("b:1", vote(100)).from("c:1", vote(100));
        MemberTable table = master.view().members();
        ScriptedSite site =
                ScriptedSite.memberOf(new Standing(1, 3), 3, table.members().toArray(Member[]::new));
        site.in(new Input.Start(9, false, List.of(), 1_000_000, false, false, FOUNDING));
        assertThat(site.effects(Effect.BeginLog.class))
                .as("ignored from then on")
                .isEmpty();
        assertThat(site.effects(Effect.CommandEnded.class))
                .contains(new Effect.CommandEnded(9, new Effect.Result.Done()));
    }

    @Test
    void another_list_before_the_group_is_made_is_refused() {
        ScriptedSite site = founder().after(61_000);
        MemberTable other = MemberTable.founding("quotes", List.of(SELF, "b:1"));
        site.in(new Input.Start(2, false, List.of(), 1_000_000, false, false, other));
        Effect.CommandEnded ended = site.effects(Effect.CommandEnded.class).get(0);
        assertThat(ended.result()).isInstanceOf(Effect.Result.Refused.class);
        assertThat(ended.result().toString())
                .contains(FOUNDING.groupId().toString(), other.groupId().toString(), "legacy-sites");
    }

    @Test
    void what_a_start_waited_for_in_vain_is_told() {
        ScriptedSite site = founder().connect("b:1").unreachable("c:1").after(61_000);
        assertThat(site.effects(Effect.CommandEnded.class).get(0).result().toString())
                .contains("could not found its group, which needs all of [b:1, c:1]");
    }

    @Test
    void a_group_of_one_is_founded_alone() {
        ScriptedSite site = ScriptedSite.founder(MemberTable.founding("quotes", List.of(SELF)));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.view().members().isFounding()).isFalse();
        assertThat(site.view().members().byIncarnation(Ballot.NO_ID)).isEmpty();
        assertThat(site.view().permanentLsn()).isEqualTo(3);
        assertThat(peer(SELF).incarnation())
                .isEqualTo(site.view().members().members().get(0).incarnation());
    }

    private static Message heartbeat() {
        return new Message.Heartbeat(1, 0, false, new Standing(0, 1), 0, 0, SyncPhase.NONE);
    }
}
