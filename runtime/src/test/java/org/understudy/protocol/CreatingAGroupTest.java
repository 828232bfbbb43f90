package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.protocol.ScriptedSite.SELF;
import static org.understudy.protocol.ScriptedSite.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.log.Ballot;
import org.understudy.log.GroupTerms;

/** docs/protocol.md §6, creation: when the creator of a group makes it, and when it waits. */
class CreatingAGroupTest {
    private static final long SECOND = 1_000_000;
    private static final List<String> HELPERS = List.of(SELF, "b:1", "c:1");

    private final Replica replica = new Replica(
            new ReplicaSettings(
                    "test",
                    SELF,
                    100,
                    false,
                    true,
                    GroupTerms.of(Durability.SYNC, 1 << 20),
                    new ReplicaTimes(
                            SECOND / 2,
                            2 * SECOND,
                            2 * SECOND,
                            0,
                            2 * SECOND,
                            SECOND / 2,
                            4 * SECOND,
                            10 * SECOND,
                            3 * SECOND),
                    ScriptedSite.SYNC),
            Recovered.nothing(Ballot.first(ScriptedSite.incarnation(SELF))),
            new SplittableRandom(1));
    private boolean created;

    private void in(Input input) {
        List<Effect> effects = new ArrayList<>();
        replica.handle(SECOND, input, effects::add);
        created |= effects.stream().anyMatch(Effect.BeginLog.class::isInstance);
    }

    private void start(boolean forgetful) {
        in(new Input.Start(1, true, HELPERS, 10 * SECOND, forgetful, false));
    }

    private void answers(String site, Message.JoinOutcome outcome) {
        in(new Input.Connected(peer(site), Ballot.NO_ID));
        in(new Input.Received(peer(site), new Message.JoinAnswer(1, outcome, Ballot.NO_ID, "", "")));
    }

    @Test
    void a_creator_creates_once_each_helper_has_no_group_or_is_out_of_reach() {
        start(false);
        in(new Input.ConnectFailed("b:1", "refused"));
        assertThat(created).isFalse();
        answers("c:1", Message.JoinOutcome.NO_GROUP);
        assertThat(created).isTrue();
    }

    @Test
    void a_creator_in_memory_waits_until_each_helper_has_answered() {
        start(true);
        in(new Input.ConnectFailed("b:1", "refused"));
        answers("c:1", Message.JoinOutcome.NO_GROUP);
        assertThat(created).isFalse();
        answers("b:1", Message.JoinOutcome.NO_GROUP);
        assertThat(created).isTrue();
    }

    @Test
    void a_creator_makes_nothing_where_one_knows_the_group() {
        start(true);
        answers("b:1", Message.JoinOutcome.LATER);
        answers("c:1", Message.JoinOutcome.NO_GROUP);
        assertThat(created).isFalse();
    }
}
