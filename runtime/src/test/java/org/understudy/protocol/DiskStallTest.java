package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.BecameClient;

/** docs/protocol.md §4.3: a site whose disk stands still is no master. */
class DiskStallTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final long TOO_LONG = 10_000_000;

    private static ScriptedSite site() {
        return ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
    }

    @Test
    void a_master_steps_down() {
        ScriptedSite site = site().elect("b:1");
        site.in(new Input.DiskPending(TOO_LONG - 1));
        assertThat(site.view().role()).isEqualTo(Role.MASTER);
        site.in(new Input.DiskPending(TOO_LONG));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        assertThat(site.effects(Effect.CloseTail.class))
                .singleElement()
                .asString()
                .contains("10000 ms");
        assertThat(site.events(BecameClient.class)).hasSize(1);
    }

    @Test
    void it_can_not_stand_until_a_write_has_succeeded() {
        ScriptedSite site = site().in(new Input.DiskPending(TOO_LONG));
        site.from("b:1", new Message.CanvassRequest(1, 3));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind)
                .containsExactly(Message.CanvassKind.CANNOT_STAND);
        site.from("b:1", new Message.Nominate(3, "", false));
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        site.in(new Input.DiskPending(0));
        site.from("b:1", new Message.CanvassRequest(2, 3));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind)
                .containsExactly(Message.CanvassKind.STANDING);
    }

    /** Seed 652825. */
    @Test
    void one_that_stands_already_does_not_become_master() {
        ScriptedSite site = site();
        site.from("b:1", new Message.Nominate(3, "", false));
        site.in(new Input.DiskPending(TOO_LONG));
        long generation = site.view().generation();
        site.from("b:1", new Message.VoteAnswer(generation, true, generation, 100, ""));
        assertThat(site.view().role()).isEqualTo(Role.CLIENT);
        assertThat(site.effects(Effect.OpenTail.class)).isEmpty();
    }
}
