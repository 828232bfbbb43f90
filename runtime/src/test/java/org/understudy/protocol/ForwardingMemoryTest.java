package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.log.ForwardId;

/** What both ends remember of forwarded writes that may have been taken or refused before (protocol.md §9). */
class ForwardingMemoryTest {
    private static final Standing START = new Standing(1, 10);
    private static final long SECOND = 1_000_000;
    private static final ForwardTerms TERMS = new ForwardTerms(AckPolicy.QUORUM, false, SECOND);
    private static final UUID SESSION = new UUID(5, 5);
    private static final Peer B = ScriptedSite.peer("b:1");

    private final ScriptedSite site =
            ScriptedSite.memberWith(START, "b:1", "c:1").connect("b:1", "c:1");

    private void follow(String master, long generation) {
        site.from(master, ScriptedSite.heartbeatOfMaster(generation, START));
    }

    private Message.Forward theForward() {
        List<Message.Forward> all = site.sent(Message.Forward.class);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void answer(String from, Message.Forward forward, ForwardAnswer answer) {
        site.from(from, new Message.Forwarded(forward.generation(), forward.id(), answer));
    }

    @Test
    void a_mastership_that_is_over_may_have_said_before_that_it_has_committed_what_it_turns_away() {
        follow("b:1", 2);
        site.in(new Input.ForwardWrite(1, TERMS, new byte[1], 5 * SECOND));
        site.from("b:1", new Message.SessionOpened(1, Optional.of(SESSION)));
        answer("b:1", theForward(), new ForwardAnswer.TooFewAcks(new Standing(2, 12), Set.of()));
        site.lose("b:1").connect("b:1");
        follow("b:1", 2);
        answer("b:1", theForward(), new ForwardAnswer.NotMaster());
        site.lose("b:1");
        site.after(6_000);
        assertThat(site.effects(Effect.ForwardEnded.class))
                .extracting(Effect.ForwardEnded::result)
                .hasOnlyElementsOfType(ForwardResult.Unknown.class)
                .hasSize(1);
    }

    private ScriptedSite forwardIn(UUID session) {
        return site.from("b:1", new Message.Forward(2, new ForwardId(session, 1), 1, false, TERMS, new byte[1]));
    }

    @Test
    void a_late_copy_of_what_was_committed_is_not_called_unwritten_once_the_mastership_is_over() {
        site.elect("b:1");
        forwardIn(SESSION);
        site.in(new Input.ForwardedCommitEnded(
                B,
                site.theOnly(Effect.CommitForwarded.class).forward(),
                new ForwardAnswer.Done(site.view().last())));
        site.from("c:1", new Message.Outdated(9));
        assertThat(forwardIn(SESSION).sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.Lost());
        assertThat(forwardIn(new UUID(8, 8)).sent(Message.Forwarded.class))
                .as("one that never came before")
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.NotMaster());
    }

    @Test
    void of_more_clients_processes_than_a_mastership_remembers_the_one_unheard_of_for_longest_is_forgotten() {
        site.elect("b:1");
        ForwardAnswer no = new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, "alone");
        UUID underWay = new UUID(6, 0);
        forwardIn(underWay);
        for (int i = 1; i < ForwardServer.MOST_SESSIONS; i++) {
            forwardIn(new UUID(6, i));
            site.in(new Input.ForwardedCommitEnded(
                    B, site.theOnly(Effect.CommitForwarded.class).forward(), no));
        }
        UUID oldest = new UUID(6, 1);
        assertThat(forwardIn(oldest).effects(Effect.CommitForwarded.class))
                .as("remembered as refused")
                .isEmpty();
        forwardIn(new UUID(7, 7));
        assertThat(forwardIn(underWay).effects(Effect.CommitForwarded.class))
                .as("still under way")
                .isEmpty();
        assertThat(forwardIn(oldest).effects(Effect.CommitForwarded.class))
                .as("used since")
                .isEmpty();
        assertThat(forwardIn(new UUID(6, 2)).effects(Effect.CommitForwarded.class))
                .as("forgotten")
                .hasSize(1);
    }
}
