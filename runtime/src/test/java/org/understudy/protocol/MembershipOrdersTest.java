package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.log.Member;

/** docs/protocol.md §6: priorities and demotions, ordered anywhere and done by the master. */
class MembershipOrdersTest {
    private static final Standing LAST = new Standing(3, 10);

    private ScriptedSite master;

    @BeforeEach
    void a_master_of_three_whose_mastership_is_permanent() {
        master = ScriptedSite.memberWith(LAST, "b:1", "c:1").connect("b:1", "c:1");
        master.elect("b:1", "c:1").stream("b:1").stream("c:1");
        permanent();
    }

    private void permanent() {
        master.ack("b:1", 1, master.view().last().lsn());
    }

    private Member member(String name) {
        return master.view().members().byName(name).orElseThrow();
    }

    private static Effect.Result onlyAnswer(ScriptedSite site) {
        assertThat(site.effects(Effect.CommandEnded.class)).hasSize(1);
        return site.effects(Effect.CommandEnded.class).get(0).result();
    }

    @Test
    void S62_an_order_before_the_start_is_refused_at_once() {
        ScriptedSite idle = ScriptedSite.notStarted(LAST, "b:1", "c:1");
        idle.in(new Input.Order(5, new Command.Remove("c:1"), 1_000_000));
        assertThat(onlyAnswer(idle)).isInstanceOf(Effect.Result.Unavailable.class);
    }

    @Test
    void a_priority_is_a_record_and_answered_once_that_is_permanent() {
        master.in(new Input.Order(5, new Command.ChangePriority("c:1", 7), 1_000_000));
        assertThat(member("c:1").priority()).isEqualTo(7);
        assertThat(master.effects(Effect.CommandEnded.class)).isEmpty();
        permanent();
        assertThat(onlyAnswer(master)).isEqualTo(new Effect.Result.Done());
    }

    @Test
    void an_order_that_finds_its_work_done_waits_until_that_is_permanent() {
        master.in(new Input.Order(5, new Command.Remove("c:1"), 1_000_000));
        master.in(new Input.Order(6, new Command.Remove("c:1"), 1_000_000));
        assertThat(master.effects(Effect.CommandEnded.class)).isEmpty();
        long lsn = master.view().last().lsn();
        permanent();
        assertThat(master.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .containsExactly(new Effect.Result.Done(), new Effect.Result.Done());
        assertThat(master.view().last().lsn()).isEqualTo(lsn);
    }

    @Test
    void a_master_gives_up_its_right_to_be_master_only_after_a_handover() {
        master.in(new Input.Order(5, new Command.ChangePriority("a:1", 0), 1_000_000));
        assertThat(master.sent(Message.StandNow.class)).hasSize(1);
        assertThat(master.view().role()).isEqualTo(Role.CLIENT);
        assertThat(member("a:1").priority()).isEqualTo(100);
        master.from("b:1", ScriptedSite.heartbeatOfMaster(5, master.view().last()));
        master.after(300);
        assertThat(master.sent(Message.CommandRequest.class))
                .extracting(Message.CommandRequest::command)
                .containsExactly(new Command.ChangePriority("a:1", 0));
    }

    @Test
    void a_priority_below_nothing_and_a_site_nobody_knows_are_refused() {
        master.in(new Input.Order(5, new Command.ChangePriority("b:1", -1), 1_000_000));
        assertThat(onlyAnswer(master)).isInstanceOf(Effect.Result.Refused.class);
        master.in(new Input.Order(6, new Command.DemoteToView("z:9"), 1_000_000));
        assertThat(onlyAnswer(master))
                .isInstanceOf(Effect.Result.Refused.class)
                .asString()
                .contains("z:9", "a:1");
    }

    @Test
    void a_demoted_site_no_longer_counts_acknowledges_or_deposes() {
        master.in(new Input.Order(5, new Command.DemoteToView("c:1"), 1_000_000));
        assertThat(master.view().members().majority()).isEqualTo(2);
        permanent();
        long permanent = master.view().permanentLsn();
        long lsn = master.commit();
        master.ack("c:1", 2, lsn);
        assertThat(master.view().permanentLsn()).isEqualTo(permanent);
        master.from("c:1", new Message.VoteRequest(99, new Standing(98, 999), 0));
        assertThat(master.view().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void a_demoted_site_that_rose_higher_before_it_knew_gets_a_mastership_it_can_follow() {
        master.in(new Input.Order(5, new Command.DemoteToView("c:1"), 1_000_000));
        permanent();
        master.from("c:1", new Message.Outdated(27));
        assertThat(master.view().role()).isEqualTo(Role.CLIENT);
        assertThat(master.view().generation()).isEqualTo(27);
    }

    @Test
    void a_master_whose_demotion_is_not_permanent_here_is_followed() {
        ScriptedSite client = ScriptedSite.memberOf(
                LAST,
                9,
                ScriptedSite.member(1, "a:1", 100),
                ScriptedSite.member(2, "b:1", 100).asView(),
                ScriptedSite.member(3, "c:1", 100));
        client.connect("b:1").from("b:1", ScriptedSite.heartbeatOfMaster(4, LAST));
        assertThat(client.view().master()).contains("b:1");
    }

    @Test
    void a_site_whose_own_demotion_is_not_permanent_votes_for_those_who_count_it() {
        ScriptedSite site = ScriptedSite.viewOf(
                LAST,
                9,
                ScriptedSite.member(1, "a:1", 100).asView(),
                ScriptedSite.member(2, "b:1", 100),
                ScriptedSite.member(3, "c:1", 100));
        site.connect("b:1").from("b:1", new Message.VoteRequest(4, LAST, 0));
        assertThat(site.sent(Message.VoteAnswer.class))
                .extracting(Message.VoteAnswer::granted)
                .containsExactly(true);
    }

    @Test
    void S70_a_view_started_as_a_voter_is_refused_with_what_to_do() {
        ScriptedSite site = ScriptedSite.memberOf(
                LAST, 10, ScriptedSite.member(1, "a:1", 100).asView(), ScriptedSite.member(2, "b:1", 100));
        assertThat(onlyAnswer(site))
                .isInstanceOf(Effect.Result.Refused.class)
                .asString()
                .contains("view=true", "remove");
        assertThat(site.view().role()).isEqualTo(Role.UNKNOWN);
    }

    @Test
    void the_only_site_that_could_be_master_is_not_started_as_a_view() {
        ScriptedSite site =
                ScriptedSite.viewOf(LAST, 10, ScriptedSite.member(1, "a:1", 100), ScriptedSite.member(2, "b:1", 0));
        assertThat(onlyAnswer(site))
                .isInstanceOf(Effect.Result.Refused.class)
                .asString()
                .contains("add another voting site");
    }

    @Test
    void S71_a_voter_started_as_a_view_asks_the_master_and_without_one_it_says_so() {
        ScriptedSite site = ScriptedSite.viewOf(
                LAST,
                10,
                ScriptedSite.member(1, "a:1", 100),
                ScriptedSite.member(2, "b:1", 100),
                ScriptedSite.member(3, "c:1", 100));
        site.after(1_100);
        assertThat(onlyAnswer(site)).isInstanceOf(Effect.Result.Unavailable.class);
        site.in(new Input.Start(2, false, java.util.List.of(), 1_000_000));
        site.connect("b:1").from("b:1", ScriptedSite.heartbeatOfMaster(4, LAST));
        site.after(300);
        assertThat(site.sent(Message.CommandRequest.class))
                .extracting(Message.CommandRequest::command)
                .containsExactly(new Command.DemoteToView("a:1"));
    }

    @Test
    void until_it_is_demoted_a_voter_started_as_a_view_votes_but_never_stands() {
        ScriptedSite site = ScriptedSite.viewOf(
                LAST,
                10,
                ScriptedSite.member(1, "a:1", 100),
                ScriptedSite.member(2, "b:1", 100),
                ScriptedSite.member(3, "c:1", 100));
        site.connect("b:1", "c:1").from("b:1", new Message.CanvassRequest(1, 3));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind)
                .containsExactly(Message.CanvassKind.CANNOT_STAND);
        site.from("b:1", new Message.VoteRequest(4, LAST, 0));
        assertThat(site.sent(Message.VoteAnswer.class))
                .extracting(Message.VoteAnswer::granted)
                .containsExactly(true);
    }
}
