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

    private long generation = -1;
    private long patienceMicros;
    /** The copies the last master asked has not answered, as far as is known. */
    private int unanswered;

    /** Whether the last master asked has said once that it is committed. */
    private boolean taken;

    private boolean doubtful;

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

    /** Whether no other copy than the one to be answered next can have been taken by anybody. */
    boolean isOnlyCopy() {
        return unanswered <= 1 && !taken && !doubtful;
    }

    /** Whether the last master asked may have taken it. */
    boolean isOpen() {
        return unanswered > 0 || taken;
    }

    /** The master is another, or reached anew. */
    void routeChanged(long nowMicros) {
        sendAtMicros = nowMicros;
        patienceMicros = 0;
    }

    /** It goes to the master of a generation now; tells whether one before may have written it. */
    boolean leaves(long toGeneration, long nowMicros, long firstPatienceMicros) {
        if (generation != toGeneration) {
            doubtful |= isOpen();
            unanswered = 0;
            taken = false;
        }
        unanswered++;
        generation = toGeneration;
        answer = Optional.empty(); // what it says next counts: the commit told before may be lost with its mastership
        patienceMicros = patienceMicros == 0 ? firstPatienceMicros : 2 * patienceMicros;
        sendAtMicros = nowMicros + patienceMicros;
        return doubtful;
    }

    boolean isAwaiting(long byGeneration) {
        return unanswered > 0 && byGeneration == generation;
    }

    void answered(ForwardAnswer how) {
        // What a mastership that is over turns away it may have taken before, if another copy came in time.
        unanswered = how instanceof ForwardAnswer.NotMaster ? unanswered - 1 : 0;
        doubtful |= how instanceof ForwardAnswer.Lost;
        answer = Optional.of(how);
        if (commit().isPresent()) {
            taken = true;
            sendAtMicros = Long.MAX_VALUE;
        }
    }
}
