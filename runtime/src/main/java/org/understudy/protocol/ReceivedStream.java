package org.understudy.protocol;

import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.RecordBatch;

/** The records a master sends here: what is taken, how far it is proved equal, and what is acknowledged (protocol.md §3). */
final class ReceivedStream {
    private final ReplicaContext context;
    private UUID mastershipId = Ballot.NO_ID;
    private long number;
    private long ackedLsn;

    /** Up to here the log is proved equal to the master's; the permanent LSN goes no further. */
    private long provedLsn;

    ReceivedStream(ReplicaContext context) {
        this.context = context;
    }

    /** The master of this mastership answered that both logs are equal up to here. */
    void proved(UUID mastership, long lsn) {
        mastershipId = mastership;
        provedLsn = lsn;
    }

    /** A stream begins behind what is proved. */
    void begin(long stream) {
        number = stream;
        ackedLsn = 0;
    }

    void cease() {
        number = 0;
    }

    /** Whether this number names the stream that runs. */
    boolean is(long stream) {
        return number > 0 && number == stream;
    }

    /** Whether this names a stream that the master has begun since. */
    boolean isReplacedBy(long stream) {
        return number > 0 && stream > number;
    }

    /** Whether these records belong to the stream that runs. */
    boolean expects(Message.Append append) {
        return is(append.stream()) && append.mastershipId().equals(mastershipId);
    }

    /** Takes records that continue the log and lie in the master's. */
    void accept(RecordBatch records) {
        context.emit(new Effect.Write(records));
        context.extend(records);
        provedLsn = context.last.lsn();
        if (!context.rules.ackWaitsForStorage()) {
            context.storedLsn = context.last.lsn();
        }
    }

    /** A client raises its own to the announced one, but not past what this stream has proved (protocol.md §3). */
    void raisePermanent(long announcedLsn) {
        context.raisePermanent(Math.min(announcedLsn, provedLsn));
    }

    /** The same by a heartbeat, which proves nothing itself. */
    void raisePermanentByHeartbeat(long announcedLsn) {
        long proved = number > 0 ? provedLsn : 0;
        context.raisePermanent(context.rules.permanentByHeartbeat(announcedLsn, proved, context.last.lsn()));
    }

    /** Tells the master what is stored, never more than this stream has proved, nor for an older generation. */
    void acknowledge(Peer master, long generation) {
        long lsn = Math.min(context.storedLsn, provedLsn);
        if (number > 0
                && lsn > ackedLsn
                && context.rules.mayAcknowledge(generation, context.generation())
                && context.failure.isEmpty()
                && context.barred().isEmpty()) {
            ackedLsn = lsn;
            context.send(master, new Message.Ack(generation, number, lsn));
        }
    }

    /** The master remembers this acknowledgement: if the log does not hold it any more, it must come to again (§2.3). */
    void hasAcknowledged(Standing acked) {
        boolean lost =
                acked.lsn() > context.last.lsn() && !context.ballot.mustReach().atLeast(acked);
        if (lost) {
            context.saveBallot(context.ballot.mustReach(acked));
        }
    }

    /** A master that has had a majority since this site began says how far one must come that may have lost something. */
    void confirmed(Standing masterLast, long majorityAtMicros) {
        boolean unknown = context.ballot.mustReach().equals(Ballot.UNKNOWN);
        if (unknown && number > 0 && majorityAtMicros >= context.startedAtMicros) {
            context.saveBallot(context.ballot.mustReach(masterLast));
            clearBar();
        }
    }

    /** Once the log reaches what it must, this site votes and acknowledges again (protocol.md §2.3). */
    void clearBar() {
        boolean barred = !context.ballot.mustReach().equals(Standing.ZERO);
        if (barred
                && context.barred().isEmpty()
                && context.storedLsn >= context.ballot.mustReach().lsn()) {
            context.saveBallot(context.ballot.mustReach(Standing.ZERO));
        }
    }
}
