package org.understudy.simulation;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.protocol.Effect;
import org.understudy.protocol.ForwardAnswer;
import org.understudy.protocol.ForwardResult;
import org.understudy.protocol.ForwardTerms;
import org.understudy.protocol.Input;

/** What a site's application has forwarded, and what others have forwarded to it (protocol.md §9). */
final class Forwards {
    private static final long TIMEOUT_MICROS = 8_000_000;
    private static final long LOOK_MICROS = 500;
    private static final double REFUSED = 0.05;

    private final SiteProcess process;
    private final Map<Long, Operation> open = new HashMap<>();
    private final Dice whims;
    private long lastRequest;

    Forwards(SiteProcess process) {
        this.process = process;
        this.whims = process.site().dice().fork("whims at " + now());
    }

    /** Has the master commit this. */
    void begin(Operation operation) {
        operation.forward();
        open.put(++lastRequest, operation);
        ForwardTerms terms =
                new ForwardTerms(operation.policy(), false, process.settings().ackTimeoutMicros());
        process.take(new Input.ForwardWrite(lastRequest, terms, encode(operation), TIMEOUT_MICROS));
    }

    private static byte[] encode(Operation operation) {
        int[] keys = operation.keys();
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + keys.length * (Integer.BYTES + Long.BYTES));
        out.putLong(operation.serial()).putInt(keys.length);
        for (int i = 0; i < keys.length; i++) {
            out.putInt(keys[i]).putLong(operation.values()[i]);
        }
        return out.array();
    }

    private Operation decode(Effect.CommitForwarded effect) {
        ByteBuffer in = ByteBuffer.wrap(effect.forward().commit());
        long serial = in.getLong();
        int[] keys = new int[in.getInt()];
        long[] values = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.getInt();
            values[i] = in.getLong();
        }
        Remote remote = new Remote.Write(effect.from(), effect.forward());
        return new Operation(serial, effect.forward().terms().policy(), keys, values, now(), Optional.of(remote));
    }

    private long now() {
        return process.site().world().agenda().now();
    }

    void handle(Effect.OfForwarding effect) {
        if (effect instanceof Effect.CommitForwarded commit) {
            process.tail().commit(List.of(decode(commit)));
        } else if (effect instanceof Effect.OpenForwardSession opening) {
            Remote remote = new Remote.Session(opening.from(), opening.request(), opening.session());
            process.tail()
                    .commit(List.of(
                            new Operation(0, AckPolicy.QUORUM, new int[0], new long[0], now(), Optional.of(remote))));
        } else if (effect instanceof Effect.ForwardEnded ended) {
            end(open.remove(ended.request()), ended.result());
        }
    }

    /** Whether this one is refused, which its copy might not be. */
    boolean refusesSome() {
        return whims.chance(REFUSED);
    }

    /** Another site's write is refused here. */
    void refuse(Remote remote, ForwardAnswer answer) {
        if (remote instanceof Remote.Write write) {
            process.take(new Input.ForwardedCommitEnded(write.from(), write.forward(), answer));
        }
    }

    /** What another site asked for has ended as a commit does. */
    void ended(Remote remote, Operation operation) {
        if (remote instanceof Remote.Session session) {
            if (operation.outcome() == Operation.Outcome.DONE) {
                process.take(new Input.ForwardSessionOpened(session.from(), session.request(), session.session()));
            }
            return;
        }
        Standing commit = operation.earlier();
        refuse(
                remote,
                switch (operation.outcome()) {
                    case DONE -> new ForwardAnswer.Done(commit);
                    case INSUFFICIENT_ACKS -> new ForwardAnswer.TooFewAcks(commit, Set.of());
                    case REFUSED -> new ForwardAnswer.NotMaster();
                    default -> new ForwardAnswer.Lost();
                });
    }

    private void end(Operation operation, ForwardResult result) {
        if (result instanceof ForwardResult.Unknown unknown) {
            unknown.commit().ifPresent(commit -> operation.written("its master", commit));
            answer(operation, Operation.Outcome.UNKNOWN);
        } else if (result instanceof ForwardResult.Answered answered
                && answered.answer() instanceof ForwardAnswer.Done done) {
            answerOnceApplied(operation, done.commit(), Operation.Outcome.DONE);
        } else if (result instanceof ForwardResult.Answered answered
                && answered.answer() instanceof ForwardAnswer.TooFewAcks few) {
            answerOnceApplied(operation, few.commit(), Operation.Outcome.INSUFFICIENT_ACKS);
        } else {
            answer(operation, Operation.Outcome.REFUSED);
        }
    }

    private void answerOnceApplied(Operation operation, Standing commit, Operation.Outcome outcome) {
        if (process.disk().store().live().applied.lsn() >= commit.lsn()) {
            operation.written("its master", commit);
            answer(operation, outcome);
        } else {
            process.after(LOOK_MICROS, () -> answerOnceApplied(operation, commit, outcome));
        }
    }

    private void answer(Operation operation, Operation.Outcome outcome) {
        operation.answer(outcome, now());
        process.observer().forwarded(process.site(), operation);
    }
}
