package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.BecameClient;
import org.understudy.event.ElectionStarted;
import org.understudy.event.MasterFailure;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.Takeover;
import org.understudy.log.GroupTerms;

/** docs/protocol.md §11: what the others leave a master's site time for, and what its next process does with it. */
class TakeoverRulesTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final GroupTerms LEASES =
            GroupTerms.of(Durability.SYNC, 1 << 20).withLeases(2_000_000, 0);
    private static final GroupTerms WITHOUT_LEASES = GroupTerms.of(Durability.WRITE_NO_SYNC, 1 << 20);

    @Test
    void others_leave_a_closed_masters_site_time_if_another_process_can_take_it_over() {
        ScriptedSite site = following("b:1");
        site.lose("b:1");
        assertThat(site.events(MasterFailure.class)).hasSize(1);
        assertThat(site.sent(Message.CanvassRequest.class)).isEmpty();
        site.after(2_900);
        assertThat(site.sent(Message.CanvassRequest.class)).isEmpty();
        site.after(100);
        assertThat(site.sent(Message.CanvassRequest.class)).isNotEmpty();
    }

    @Test
    void others_elect_at_once_where_there_is_no_such_process() {
        ScriptedSite site = following("b:1");
        site.from("b:1", heartbeat(false));
        site.lose("b:1");
        assertThat(site.sent(Message.CanvassRequest.class)).isNotEmpty();
    }

    @Test
    void a_master_that_falls_silent_is_left_no_time() {
        ScriptedSite site = following("b:1");
        site.after(700).after(700);
        site.from("c:1", new Message.Heartbeat(1, 3, false, LOG, 0, 0, SyncPhase.NONE));
        site.after(700);
        assertThat(site.effects(Effect.Disconnect.class))
                .extracting(Effect.Disconnect::peer)
                .containsExactly(ScriptedSite.peer("b:1"));
        site.lose("b:1");
        assertThat(site.sent(Message.CanvassRequest.class)).isNotEmpty();
    }

    @Test
    void a_connection_that_comes_about_does_not_shorten_the_time() {
        ScriptedSite site = following("b:1");
        site.lose("b:1").lose("c:1").connect("c:1");
        assertThat(site.sent(Message.CanvassRequest.class)).isEmpty();
    }

    @Test
    void one_that_was_not_told_waits_because_the_others_do() {
        ScriptedSite site = following("b:1");
        site.lose("b:1");
        site.from("c:1", new Message.CanvassRequest(1, 3));
        Message.CanvassAnswer answer = site.sent(Message.CanvassAnswer.class).get(0);
        assertThat(answer.kind()).isEqualTo(Message.CanvassKind.MASTER_ALIVE);
        assertThat(answer.master()).isEqualTo("b:1");
    }

    @Test
    void a_process_that_takes_a_masters_site_over_stands_at_once_in_a_new_generation() {
        ScriptedSite site = tookOver(3);
        assertThat(site.effects(Effect.SaveBallot.class))
                .extracting(saved -> saved.ballot().votedGeneration())
                .containsExactly(4L);
        assertThat(site.events(ElectionStarted.class)).isEmpty();
        site.connect("b:1");
        assertThat(site.sent(Message.VoteRequest.class)).containsExactly(new Message.VoteRequest(4, LOG, 0));
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.view().generation()).isEqualTo(4);
    }

    @Test
    void the_start_of_another_process_does_not_end_what_the_one_that_took_over_stands_for() {
        ScriptedSite site = tookOver(3);
        site.in(new Input.Start(9, false, List.of(), 1_000_000));
        site.connect("b:1");
        assertThat(site.sent(Message.VoteRequest.class)).containsExactly(new Message.VoteRequest(4, LOG, 0));
        assertThat(site.after(300).sent(Message.CanvassRequest.class)).isEmpty();
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.view().generation()).isEqualTo(4);
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void a_process_that_takes_a_clients_site_over_waits_for_the_master() {
        ScriptedSite site = tookOver(0);
        assertThat(site.effects(Effect.SaveBallot.class)).isEmpty();
        site.connect("b:1");
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void one_whose_mastership_was_not_the_newest_it_knew_of_stays_client() {
        assertThat(tookOver(2).effects(Effect.SaveBallot.class)).isEmpty();
    }

    @Test
    void the_takeover_is_told_before_what_the_site_becomes() {
        ScriptedSite alone = ScriptedSite.succeeding(3, WITHOUT_LEASES, 0, LOG);
        assertThat(alone.events(ReplicationEvent.class)).first().isInstanceOf(Takeover.class);
        ScriptedSite clients = tookOver(0);
        assertThat(clients.events(ReplicationEvent.class))
                .extracting(Object::getClass)
                .containsExactly(Takeover.class, BecameClient.class);
    }

    @Test
    void a_master_was_bound_by_no_promise_and_its_next_process_is_not_either() {
        ScriptedSite site = ScriptedSite.succeeding(3, LEASES, 60_000_000, LOG, "b:1", "c:1");
        assertThat(site.effects(Effect.SaveBallot.class))
                .extracting(saved -> saved.ballot().votedGeneration())
                .containsExactly(4L);
    }

    @Test
    void a_master_tells_at_once_whether_other_processes_are_there() {
        ScriptedSite site = master();
        site.in(new Input.Subordinates(true));
        assertThat(site.sent(Message.Heartbeat.class)).hasSize(2).allMatch(Message.Heartbeat::hasSubordinates);
        site.in(new Input.Subordinates(false));
        assertThat(site.sent(Message.Heartbeat.class)).hasSize(2).noneMatch(Message.Heartbeat::hasSubordinates);
    }

    @Test
    void a_master_that_makes_room_for_another_process_settles_what_is_under_way_and_hands_nothing_over() {
        ScriptedSite site = master().stream("b:1");
        site.ack("b:1", 1, site.view().last().lsn());
        long lsn = site.commit();
        site.in(new Input.Stop(9, 5_000_000, true));
        assertThat(site.effects(Effect.HoldTail.class)).hasSize(1);
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.ack("b:1", 1, lsn);
        assertThat(site.effects(Effect.CommandEnded.class)).hasSize(1);
        assertThat(site.effects(Effect.CloseTail.class)).hasSize(1);
        assertThat(site.sent(Message.StandNow.class)).isEmpty();
    }

    @Test
    void it_makes_room_without_the_others_when_they_do_not_answer_in_time() {
        ScriptedSite site = master().stream("b:1");
        site.commit();
        site.in(new Input.Stop(9, 1_000_000, true));
        site.after(900);
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.after(100);
        assertThat(site.effects(Effect.CommandEnded.class)).hasSize(1);
    }

    private static ScriptedSite tookOver(long generation) {
        return ScriptedSite.succeeding(generation, WITHOUT_LEASES, 0, LOG, "b:1", "c:1");
    }

    private static ScriptedSite master() {
        return ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1").elect("b:1");
    }

    /** Follows a master whose site has other processes. */
    private static ScriptedSite following(String master) {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from(master, heartbeat(true));
        assertThat(List.of(site.view().master().orElse(""))).containsExactly(master);
        return site;
    }

    private static Message.Heartbeat heartbeat(boolean hasSubordinates) {
        return new Message.Heartbeat(1, 3, true, LOG, 0, 0, SyncPhase.NONE, 0, hasSubordinates);
    }
}
