package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.SiteAdded;
import org.understudy.event.SiteRemoved;
import org.understudy.log.Member;

/** docs/protocol.md §6: who is taken in, who is turned away, one change at a time. */
class MembershipRulesTest {
    private static final Message.JoinRequest JOIN = new Message.JoinRequest(1, 100, false, false);

    private ScriptedSite master;

    @BeforeEach
    void a_master_of_three_whose_mastership_is_permanent() {
        master = ScriptedSite.memberWith(new Standing(3, 10), "b:1", "c:1").connect("b:1", "c:1");
        master.elect("b:1", "c:1").stream("b:1").stream("c:1");
        permanent();
    }

    private void permanent() {
        master.ack("b:1", 1, master.view().last().lsn());
    }

    private Member member(String name) {
        return master.view().members().byName(name).orElseThrow();
    }

    @Test
    void a_new_site_joins_counts_nowhere_and_is_present_once_it_has_caught_up() {
        master.connect("d:1").from("d:1", JOIN);
        assertThat(member("d:1").state()).isEqualTo(SiteState.JOINING);
        assertThat(master.view().members().voters()).hasSize(3);
        permanent();
        master.stream("d:1");
        master.ack("d:1", 3, master.view().last().lsn());
        assertThat(member("d:1").state()).isEqualTo(SiteState.PRESENT);
        assertThat(master.events(SiteAdded.class)).hasSize(1);
        assertThat(master.view().members().majority()).isEqualTo(3);
    }

    @Test
    void a_connected_stranger_is_kept_until_it_goes_by_itself() {
        master.connect("e:1", "d:1").from("d:1", JOIN);
        assertThat(master.effects(Effect.KeepConnected.class))
                .extracting(Effect.KeepConnected::sites)
                .allMatch(sites -> sites.contains("e:1"));
        master.lose("e:1");
        assertThat(master.effects(Effect.KeepConnected.class))
                .extracting(Effect.KeepConnected::sites)
                .allMatch(sites -> !sites.contains("e:1"))
                .isNotEmpty();
    }

    @Test
    void S63_a_member_that_reaches_no_majority_of_those_it_knows_asks_its_helpers_too() {
        ScriptedSite site = ScriptedSite.memberWith(new Standing(3, 10), "b:1", "c:1");
        site.in(new Input.Start(2, false, List.of("h:1"), 1_000_000));
        assertThat(kept(site)).last().isEqualTo(Set.of("b:1", "c:1", "h:1"));
        site.connect("h:1").from("h:1", new Message.Removed(ScriptedSite.GROUP, new Standing(3, 11), "it was removed"));
        assertThat(site.events(LocalSiteRemoved.class)).hasSize(1);
    }

    @Test
    void a_site_that_joined_anew_takes_no_word_of_its_earlier_removal_from_one_that_has_not_heard_yet() {
        ScriptedSite site =
                ScriptedSite.memberWith(new Standing(3, 10), "b:1", "c:1").connect("b:1");
        site.from("b:1", new Message.Removed(ScriptedSite.GROUP, new Standing(3, 8), "it was removed"));
        assertThat(site.events(LocalSiteRemoved.class)).isEmpty();
        site.from("b:1", new Message.Removed(ScriptedSite.GROUP, new Standing(2, 8), "it was, on its own"));
        assertThat(site.events(LocalSiteRemoved.class))
                .as("the log here has nothing of that removal")
                .hasSize(1);
    }

    @Test
    void a_member_that_reaches_a_majority_asks_its_helpers_no_more() {
        ScriptedSite site = ScriptedSite.memberWith(new Standing(3, 10), "b:1", "c:1");
        site.in(new Input.Start(2, false, List.of("h:1"), 1_000_000));
        site.connect("b:1").after(100);
        assertThat(kept(site)).last().isEqualTo(Set.of("b:1", "c:1"));
    }

    private static List<Set<String>> kept(ScriptedSite site) {
        return site.effects(Effect.KeepConnected.class).stream()
                .map(Effect.KeepConnected::sites)
                .toList();
    }

    @Test
    void the_next_change_waits_until_the_last_is_permanent() {
        master.connect("d:1", "e:1").from("d:1", JOIN).from("e:1", JOIN);
        assertThat(master.view().members().byName("e:1")).isEmpty();
        permanent();
        assertThat(member("e:1").state()).isEqualTo(SiteState.JOINING);
    }

    @Test
    void a_known_name_with_another_incarnation_is_refused_with_what_to_do() {
        Peer wiped = new Peer("c:1", new UUID(5, 5));
        master.lose("c:1").in(new Input.Connected(wiped, ScriptedSite.GROUP));
        master.in(new Input.Received(wiped, JOIN));
        assertThat(master.sent(Message.JoinAnswer.class)).allSatisfy(answer -> {
            assertThat(answer.outcome()).isEqualTo(Message.JoinOutcome.REFUSED);
            assertThat(answer.reason()).contains("c:1").contains("remove");
        });
    }

    @Test
    void a_site_that_replaces_its_old_self_has_it_removed_and_then_joins() {
        Message.JoinRequest replacing = new Message.JoinRequest(1, 100, false, true);
        Peer wiped = new Peer("c:1", new UUID(5, 5));
        master.in(new Input.Connected(wiped, ScriptedSite.GROUP));
        master.in(new Input.Received(wiped, replacing));
        assertThat(member("c:1").incarnation())
                .as("the old self was connected a moment ago")
                .isNotEqualTo(wiped.incarnation());
        master.after(600).in(new Input.Received(wiped, replacing));
        assertThat(master.view().members().byName("c:1")).isEmpty();
        permanent();
        master.in(new Input.Received(wiped, replacing));
        permanent();
        assertThat(member("c:1").incarnation()).isEqualTo(wiped.incarnation());
        assertThat(member("c:1").state()).isEqualTo(SiteState.JOINING);
    }

    @Test
    void a_site_that_was_emptied_while_it_joined_takes_its_old_place_once_that_self_is_gone() {
        Peer emptied = new Peer("d:1", new UUID(5, 5));
        master.connect("d:1").from("d:1", JOIN);
        permanent();
        master.stream("d:1");
        master.in(new Input.Connected(emptied, ScriptedSite.GROUP)).in(new Input.Received(emptied, JOIN));
        assertThat(member("d:1").incarnation())
                .as("the old self streamed a moment ago")
                .isNotEqualTo(emptied.incarnation());
        master.after(600).in(new Input.Received(emptied, JOIN));
        permanent();
        master.in(new Input.Received(emptied, JOIN));
        assertThat(member("d:1").incarnation()).isEqualTo(emptied.incarnation());
        assertThat(member("d:1").state()).isEqualTo(SiteState.JOINING);
    }

    @Test
    void a_client_redirects_to_the_master() {
        ScriptedSite client =
                ScriptedSite.memberWith(new Standing(3, 10), "b:1").connect("b:1", "d:1");
        client.from("d:1", JOIN);
        assertThat(client.sent(Message.JoinAnswer.class))
                .extracting(Message.JoinAnswer::outcome)
                .containsExactly(Message.JoinOutcome.LATER);
        client.from("b:1", ScriptedSite.heartbeatOfMaster(4, new Standing(3, 10)))
                .from("d:1", JOIN);
        assertThat(client.sent(Message.JoinAnswer.class))
                .extracting(Message.JoinAnswer::outcome, Message.JoinAnswer::master)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Message.JoinOutcome.REDIRECT, "b:1"));
    }

    @Test
    void a_removed_site_hears_of_it_only_once_that_is_permanent() {
        master.in(new Input.Order(5, new Command.Remove("c:1"), 1_000_000));
        assertThat(master.view().members().byName("c:1")).isEmpty();
        assertThat(master.events(SiteRemoved.class)).hasSize(1);
        assertThat(master.sent(Message.Removed.class)).isEmpty();
        permanent();
        assertThat(master.sent(Message.Removed.class)).hasSize(1);
        assertThat(master.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .containsExactly(new Effect.Result.Done());
    }

    @Test
    void a_removed_site_deposes_nobody() {
        master.in(new Input.Order(5, new Command.Remove("c:1"), 1_000_000));
        permanent();
        master.from("c:1", new Message.VoteRequest(99, new Standing(98, 999), 0));
        assertThat(master.view().role()).isEqualTo(Role.MASTER);
        assertThat(master.view().generation()).isLessThan(99);
    }

    @Test
    void the_last_electable_site_is_not_removed() {
        ScriptedSite site = ScriptedSite.memberOf(
                new Standing(3, 10), 0, ScriptedSite.member(1, "a:1", 100), ScriptedSite.member(2, "b:1", 0));
        site.connect("b:1").elect("b:1").stream("b:1");
        site.ack("b:1", 1, site.view().last().lsn());
        site.in(new Input.Order(5, new Command.Remove("a:1"), 1_000_000));
        assertThat(site.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .allMatch(Effect.Result.Refused.class::isInstance);
    }

    @Test
    void the_others_hear_of_the_next_master_before_a_heartbeat_tells_them_that_this_site_is_none() {
        master.after(499);
        master.in(new Input.Order(6, new Command.TransferMastership("b:1"), 1_000_000));
        assertThat(master.sent(Message.StandNow.class)).hasSize(1);
        assertThat(master.after(499).sent(Message.Heartbeat.class)).isEmpty();
        assertThat(master.after(1).sent(Message.Heartbeat.class)).isNotEmpty().noneMatch(Message.Heartbeat::master);
    }

    @Test
    void a_handover_holds_commits_settles_steps_down_and_then_orders_the_target_to_stand() {
        master.in(new Input.Order(6, new Command.TransferMastership("b:1"), 1_000_000));
        assertThat(master.effects)
                .extracting(effect -> effect.getClass().getSimpleName())
                .containsSubsequence("HoldTail", "CloseTail", "Send");
        assertThat(master.sent(Message.StandNow.class)).hasSize(1);
        assertThat(master.view().role()).isEqualTo(Role.CLIENT);
        assertThat(master.effects(Effect.CommandEnded.class))
                .as("it has ended only when the target is master")
                .isEmpty();
        master.from("b:1", ScriptedSite.heartbeatOfMaster(5, master.view().last()));
        assertThat(master.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .containsExactly(new Effect.Result.Done());
    }

    @Test
    void a_handover_waits_for_the_target_and_gives_up_in_time() {
        long lsn = master.commit();
        master.in(new Input.Order(6, new Command.TransferMastership("b:1"), 1_000_000));
        assertThat(master.sent(Message.StandNow.class)).isEmpty();
        master.from(
                "b:1",
                new Message.HeartbeatAnswer(0, 4, new Standing(3, 10), 0, org.understudy.SyncPhase.STREAM, -1, 0));
        master.after(1_100);
        assertThat(master.effects(Effect.ResumeTail.class)).hasSize(1);
        assertThat(master.view().role()).isEqualTo(Role.MASTER);
        assertThat(master.view().last().lsn()).isEqualTo(lsn);
    }

    @Test
    void a_stop_hands_over_first_and_waits_for_nobody_who_is_gone() {
        master.in(new Input.Stop(7, 60_000_000));
        assertThat(master.sent(Message.StandNow.class)).hasSize(1);
        assertThat(master.effects(Effect.CommandEnded.class)).isEmpty();
        master.lose("b:1").lose("c:1");
        assertThat(master.effects(Effect.CommandEnded.class)).hasSize(1);
    }

    @Test
    void handing_over_to_a_site_that_cannot_be_master_is_refused() {
        master.in(new Input.Order(6, new Command.TransferMastership("z:9"), 1_000_000));
        assertThat(master.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .allMatch(Effect.Result.Refused.class::isInstance);
    }
}
