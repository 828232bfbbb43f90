package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;

/** docs/protocol.md §4: where elections are off, the application says who is master. */
class AppointmentTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final long SECOND = 1_000_000;

    private static ScriptedSite site() {
        return ScriptedSite.withoutElections(LOG, "b:1", "c:1").connect("b:1", "c:1");
    }

    private static ScriptedSite appoint(ScriptedSite site, Role role) {
        return site.in(new Input.Appoint(7, role, 10 * SECOND));
    }

    @Test
    void nobody_looks_for_a_master_by_itself() {
        ScriptedSite site = site().after(600);
        assertThat(site.sent(Message.CanvassRequest.class)).isEmpty();
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG)).lose("b:1").after(60_000);
        assertThat(site.sent(Message.CanvassRequest.class)).isEmpty();
        site.in(new Input.StartElection());
        assertThat(site.sent(Message.CanvassRequest.class)).isNotEmpty();
    }

    @Test
    void the_appointed_site_stands_at_once_and_is_master_with_a_majority() {
        ScriptedSite site = appoint(site(), Role.MASTER);
        assertThat(site.sent(Message.CanvassRequest.class)).isEmpty();
        assertThat(site.sent(Message.VoteRequest.class)).hasSize(2);
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .containsExactly(new Effect.Result.Done());
    }

    @Test
    void without_a_majority_the_application_hears_who_refused_and_why() {
        ScriptedSite site = appoint(site(), Role.MASTER);
        site.from("b:1", new Message.VoteAnswer(4, false, 4, 100, "the log here reaches 3/11"));
        site.from("c:1", new Message.VoteAnswer(4, false, 4, 100, "the log here reaches 3/11"));
        assertThat(site.effects(Effect.CommandEnded.class))
                .singleElement()
                .asString()
                .contains("Unavailable", "b:1=the log here reaches 3/11");
        assertThat(site.after(60_000).sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void it_waits_until_those_it_needs_are_connected() {
        ScriptedSite site = appoint(ScriptedSite.withoutElections(LOG, "b:1", "c:1"), Role.MASTER);
        assertThat(site.effects(Effect.CommandEnded.class)).isEmpty();
        site.after(1_000).connect("b:1");
        assertThat(site.sent(Message.VoteRequest.class)).hasSize(1);
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        assertThat(site.effects(Effect.CommandEnded.class))
                .extracting(Effect.CommandEnded::result)
                .containsExactly(new Effect.Result.Done());
    }

    @Test
    void where_they_never_are_it_says_so() {
        ScriptedSite site = appoint(ScriptedSite.withoutElections(LOG, "b:1", "c:1"), Role.MASTER);
        site.after(10_000);
        assertThat(site.effects(Effect.CommandEnded.class))
                .singleElement()
                .asString()
                .contains("Unavailable", "too few of the voting sites are connected");
        assertThat(site.connect("b:1", "c:1").sent(Message.VoteRequest.class)).isEmpty();
    }

    @Test
    void a_master_elsewhere_is_asked_to_hand_over() {
        ScriptedSite site = site().from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        appoint(site, Role.MASTER);
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(site.sent(Message.CommandRequest.class))
                .extracting(Message.CommandRequest::command)
                .containsExactly(new Command.TransferMastership("a:1"));
    }

    @Test
    void if_that_master_goes_before_it_hands_over_the_site_stands() {
        ScriptedSite site = site().from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        appoint(site, Role.MASTER);
        site.lose("b:1");
        assertThat(site.sent(Message.VoteRequest.class)).hasSize(1);
        site.from("c:1", new Message.VoteAnswer(5, true, 5, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        assertThat(site.effects(Effect.CommandEnded.class)).hasSize(1);
    }

    @Test
    void made_a_client_it_steps_down_and_nobody_stands() {
        ScriptedSite site = appoint(site(), Role.MASTER);
        site.from("b:1", new Message.VoteAnswer(4, true, 4, 100, ""));
        appoint(site, Role.CLIENT);
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        assertThat(site.effects(Effect.CloseTail.class)).hasSize(1);
        assertThat(site.after(60_000).sent(Message.CanvassRequest.class)).isEmpty();
    }

    @Test
    void where_elections_are_on_it_is_refused() {
        ScriptedSite site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        appoint(site, Role.MASTER);
        assertThat(site.effects(Effect.CommandEnded.class))
                .singleElement()
                .asString()
                .contains("Refused", "elections=false");
    }

    @Test
    void an_appointment_ends_in_time() {
        ScriptedSite site = appoint(site(), Role.MASTER);
        site.after(1_000).from("b:1", heartbeat()).from("c:1", heartbeat()).after(1_100);
        assertThat(site.effects(Effect.CommandEnded.class))
                .singleElement()
                .asString()
                .contains("no majority of votes for generation 4 in time");
    }

    private static Message heartbeat() {
        return new Message.Heartbeat(1, 3, false, LOG, 0, 0, org.understudy.SyncPhase.NONE);
    }
}
