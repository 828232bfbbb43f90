package org.understudy.protocol;

import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.ForwardId;

/** One write that this site has forwarded, or is about to. */
final class PendingForward {
    final Input.ForwardWrite write;
    final long endMicros;

    Optional<ForwardId> id = Optional.empty();

    /** What the last master asked has answered. */
    Optional<ForwardAnswer> answer = Optional.empty();

    /** Not before this is it sent. */
    long sendAtMicros;

    /** Whether the last master asked has not answered. */
    boolean open;

    private long generation = -1;
    private long patienceMicros;
    private boolean doubtful;

    /** A copy went to the last master asked of which nothing was heard: what it says of another one is no proof. */
    private boolean unheard;

    PendingForward(Input.ForwardWrite write, long nowMicros) {
        this.write = write;
        this.endMicros = nowMicros + write.timeoutMicros();
        this.sendAtMicros = nowMicros;
    }

    /** Where the master says that it stands. */
    Optional<Standing> commit() {
        return answer.flatMap(known -> known instanceof ForwardAnswer.Done done
                ? Optional.of(done.commit())
                : known instanceof ForwardAnswer.TooFewAcks few ? Optional.of(few.commit()) : Optional.empty());
    }

    /** Whether a mastership before the last one asked may have written it, as far as is known. */
    boolean isDoubtful() {
        return doubtful;
    }

    /** The master is another, or reached anew. */
    void routeChanged(long nowMicros) {
        unheard |= open;
        sendAtMicros = nowMicros;
        patienceMicros = 0;
    }

    /** It goes to the master of a generation now; tells whether one before may have written it. */
    boolean leaves(long toGeneration, long nowMicros, long firstPatienceMicros) {
        boolean mayBeThere = open || commit().isPresent();
        doubtful |= mayBeThere && generation != toGeneration;
        unheard = generation == toGeneration && (unheard || open);
        generation = toGeneration;
        open = true;
        answer = Optional.empty(); // what it says next counts: the commit told before may be lost with its mastership
        patienceMicros = patienceMicros == 0 ? firstPatienceMicros : 2 * patienceMicros;
        sendAtMicros = nowMicros + patienceMicros;
        return doubtful;
    }

    boolean isAwaiting(long byGeneration) {
        return open && byGeneration == generation;
    }

    void answered(ForwardAnswer how) {
        open = false;
        doubtful |= how instanceof ForwardAnswer.Lost || (how instanceof ForwardAnswer.NotMaster && unheard);
        answer = Optional.of(how);
        if (commit().isPresent()) {
            sendAtMicros = Long.MAX_VALUE;
        }
    }
}
