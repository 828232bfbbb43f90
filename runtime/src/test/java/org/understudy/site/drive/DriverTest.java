package org.understudy.site.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.event.WriteFailed;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;
import org.understudy.log.GroupTerms;
import org.understudy.log.Mastership;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.protocol.Recovered;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.ReplicaTimes;
import org.understudy.protocol.SyncSettings;
import org.understudy.site.commit.AppendedBatch;

class DriverTest {
    private static final long SECOND = 1_000_000;
    private static final UUID GROUP = new UUID(7, 7);
    private static final List<String> NAMES = List.of("a:1", "b:1", "c:1");
    private static final GroupTerms TERMS = GroupTerms.of(Durability.SYNC, 1 << 20);

    private final EventLoop loop = EventLoop.start();
    private final Driver driver = new Driver(loop, replica(), 1_000);
    private final List<Effect> carriedOut = new CopyOnWriteArrayList<>();
    private volatile Runnable resume = () -> {};

    @AfterEach
    void end() {
        loop.execute(driver::stop);
        loop.close(CompletableFuture.completedFuture(null));
    }

    @Test
    void a_vote_that_could_not_be_saved_is_not_given_and_nobody_else_gets_one() {
        driver.begin(new Carrier());
        on(new Input.Start(1, false, List.of(), SECOND));
        on(new Input.Connected(peer("b:1"), GROUP));
        on(new Input.Connected(peer("c:1"), GROUP));
        on(new Input.Received(peer("b:1"), new Message.VoteRequest(2, new Standing(1, 1), 0)));
        await().until(() -> count(Effect.SaveBallot.class) == 1);

        driver.post(new Input.Received(peer("c:1"), new Message.VoteRequest(3, new Standing(1, 1), 0)));
        on(new Input.Received(peer("c:1"), new Message.VoteRequest(4, new Standing(1, 1), 0)));
        driver.ballotFailed(new Input.WriteFailed("the disk says no"));
        resume.run();

        await().until(() -> carriedOut.stream()
                .anyMatch(effect -> effect instanceof Effect.Fire fire && fire.event() instanceof WriteFailed));
        onceIdle(() -> {
            assertThat(count(Effect.SaveBallot.class)).isEqualTo(1);
            assertThat(carriedOut)
                    .noneMatch(effect ->
                            effect instanceof Effect.Send send && send.message() instanceof Message.VoteAnswer);
        });
    }

    private void on(Input input) {
        loop.execute(() -> driver.input(input));
    }

    /** Checks something on the loop, behind all that was handed in before. */
    private void onceIdle(Runnable check) {
        List<Throwable> outcome = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            try {
                check.run();
                outcome.add(new Throwable("passed"));
            } catch (Throwable e) {
                outcome.add(e);
            }
        });
        await().until(() -> !outcome.isEmpty());
        assertThat(outcome.get(0)).hasMessage("passed");
    }

    private long count(Class<? extends Effect> type) {
        return carriedOut.stream().filter(type::isInstance).count();
    }

    private static Replica replica() {
        List<Member> members = NAMES.stream()
                .map(name -> new Member(
                        NAMES.indexOf(name) + 1, name, peer(name).incarnation(), SiteState.PRESENT, false, 100))
                .toList();
        Ballot ballot =
                Ballot.first(peer("a:1").incarnation()).inGroup(GROUP, "a:1").seen(1);
        GenerationHistory history = new GenerationHistory(List.of(new Mastership(1, GROUP, 1)));
        Recovered recovered = new Recovered(
                ballot, new Standing(1, 1), 1, history, new MemberTable(GROUP, 4, TERMS, members, List.of()), 0);
        long never = 1_000 * SECOND;
        ReplicaSettings settings = new ReplicaSettings(
                "test",
                "a:1",
                100,
                false,
                true,
                TERMS,
                new ReplicaTimes(never, never, never, never, never, never, never, never, never),
                SyncSettings.of(1 << 20, 1 << 16));
        return new Replica(settings, recovered, new SplittableRandom(1));
    }

    private static Peer peer(String name) {
        return new Peer(name, new UUID(1, name.hashCode()));
    }

    /** Writes down what is carried out; a ballot's turn pauses the driver until the test says how it ended. */
    private final class Carrier implements Driver.Carrier {
        @Override
        public void carryOut(Effect effect) {
            if (effect instanceof Effect.SaveBallot) {
                resume = driver.pause();
            }
            carriedOut.add(effect);
        }

        @Override
        public void written(AppendedBatch batch) {
            throw new AssertionError("nothing was to be written: " + batch);
        }

        @Override
        public void turnEnds() {}

        @Override
        public long nextDeadlineMicros() {
            return Long.MAX_VALUE;
        }

        @Override
        public void tick(long nowMicros) {}

        @Override
        public void brokeDown(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
