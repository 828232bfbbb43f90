package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;

/** docs/protocol.md §4.3: whose messages raise generations, depose and count, and whose don't. */
class WhoseWordCountsTest {
    private static final Standing LAST = new Standing(3, 10);
    private static final Message ASKS_IN_99 = new Message.VoteRequest(99, new Standing(98, 999), 0);

    private static ScriptedSite master() {
        ScriptedSite master = ScriptedSite.memberWith(LAST, "b:1", "c:1").connect("b:1", "c:1");
        master.elect("b:1", "c:1").stream("b:1").stream("c:1");
        return master.ack("b:1", 1, master.view().last().lsn());
    }

    /** The table here may be the old one. */
    @Test
    void a_site_not_known_here_yet_deposes() {
        ScriptedSite master = master().connect("d:1").from("d:1", ASKS_IN_99);
        assertThat(master.view().role()).isEqualTo(Role.CLIENT);
        assertThat(master.view().generation()).isEqualTo(99);
        assertThat(master.sent(Message.VoteAnswer.class))
                .extracting(Message.VoteAnswer::granted)
                .containsExactly(true);
    }

    @Test
    void a_master_not_known_here_yet_is_followed() {
        ScriptedSite client = ScriptedSite.memberWith(LAST, "b:1", "c:1").connect("d:1");
        client.from("d:1", ScriptedSite.heartbeatOfMaster(4, LAST));
        assertThat(client.view().master()).contains("d:1");
    }

    /** Its removal may be undone yet, by the very mastership it asks for. */
    @Test
    void a_removed_site_deposes_until_its_removal_is_permanent_here() {
        ScriptedSite master = master().in(new Input.Order(5, new Command.Remove("c:1"), 1_000_000));
        assertThat(master.view().members().byName("c:1")).isEmpty();
        master.from("c:1", ASKS_IN_99);
        assertThat(master.view().role()).isEqualTo(Role.CLIENT);
        assertThat(master.view().generation()).isEqualTo(99);
    }

    @Test
    void a_view_is_not_followed_as_a_master_and_raises_no_generation() {
        ScriptedSite client = ScriptedSite.memberOf(
                LAST,
                10,
                ScriptedSite.member(1, "a:1", 100),
                ScriptedSite.member(2, "b:1", 100).asView(),
                ScriptedSite.member(3, "c:1", 100));
        client.connect("b:1", "c:1").from("b:1", ScriptedSite.heartbeatOfMaster(9, LAST));
        assertThat(client.view().master()).isEmpty();
        client.from("b:1", ASKS_IN_99);
        assertThat(client.sent(Message.VoteAnswer.class)).isEmpty();
        assertThat(client.view().generation()).isEqualTo(3);
    }
}
