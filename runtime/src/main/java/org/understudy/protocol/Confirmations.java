package org.understudy.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.Standing;

/**
 * A master's proofs that no later mastership had begun when a read did: a majority answers a heartbeat that was sent
 * since, and none of it knows a later generation (protocol.md §7).
 */
final class Confirmations {
    private record Waiting(long begunAtMicros, Standing floor, Consumer<Optional<Standing>> done) {}

    private final ReplicaContext context;
    private final Runnable sendRound;
    private final List<Consumer<Optional<Standing>>> early = new ArrayList<>();
    private List<Waiting> waiting = new ArrayList<>();
    private boolean open;
    private long roundSentAtMicros = PeerState.NEVER;
    private long confirmedAtMicros = PeerState.NEVER;

    /** {@code sendRound} sends a heartbeat to every other voter now. */
    Confirmations(ReplicaContext context, Runnable sendRound) {
        this.context = context;
        this.sendRound = sendRound;
    }

    /** As of when a majority is known to have had no later master; {@link PeerState#NEVER} while that isn't known. */
    long confirmedAtMicros() {
        if (context.otherVoters().isEmpty()) {
            return context.now;
        }
        // In which order things came can be told of what was before the machine slept, too; how long ago it was, can't.
        return confirmedAtMicros > context.untrustedMicros ? confirmedAtMicros : PeerState.NEVER;
    }

    /** Hands out, once it is proved, a standing that covers all that was permanent at this call; nothing if it can't be. */
    void confirm(boolean withoutRound, Consumer<Optional<Standing>> done) {
        if (!open) {
            early.add(done);
        } else if (withoutRound || context.otherVoters().isEmpty()) {
            done.accept(Optional.of(context.last));
        } else {
            waiting.add(new Waiting(context.now, context.last, done));
            sendRoundUnlessUnderWay();
        }
    }

    private void sendRoundUnlessUnderWay() {
        if (confirmedAtMicros >= roundSentAtMicros) {
            roundSentAtMicros = context.now;
            sendRound.run();
        }
    }

    /** The mastership's first record is written. */
    void opened(boolean withoutRound) {
        open = true;
        List<Consumer<Optional<Standing>>> all = List.copyOf(early);
        early.clear();
        all.forEach(done -> confirm(withoutRound, done));
    }

    /** A majority has answered heartbeats sent at this time or later. */
    void answered(long sentAtMicros) {
        confirmedAtMicros = Math.max(confirmedAtMicros, sentAtMicros);
        if (waiting.isEmpty()) {
            return;
        }
        List<Waiting> all = waiting;
        waiting = new ArrayList<>();
        for (Waiting each : all) {
            if (each.begunAtMicros() <= confirmedAtMicros) {
                each.done().accept(Optional.of(each.floor()));
            } else {
                waiting.add(each);
            }
        }
        if (!waiting.isEmpty()) {
            sendRoundUnlessUnderWay();
        }
    }

    /** The mastership is over: nothing is proved any more. */
    void abandon() {
        List<Waiting> all = waiting;
        waiting = new ArrayList<>();
        all.forEach(each -> each.done().accept(Optional.empty()));
        early.forEach(done -> done.accept(Optional.empty()));
        early.clear();
    }
}
