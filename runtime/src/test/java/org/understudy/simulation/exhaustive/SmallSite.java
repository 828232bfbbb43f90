package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.List;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.protocol.Recovered;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaSettings;

/** One site of the searched group: the real protocol core, and a disk that is a list. */
final class SmallSite {
    private final Cores cores;
    private final SteadyRandom random;
    final int number;
    final Replica replica;
    final List<LogRecord> log = new ArrayList<>();

    /** So many records would survive a power cut. */
    int forced;

    Ballot ballot;
    long permanentLsn;

    /** The generation whose tail is open; 0 when it is closed. */
    long tail;

    /** Makes the core of a site from what its disk holds. */
    interface Cores {
        Replica make(ReplicaSettings settings, Recovered recovered, SteadyRandom random);
    }

    private SmallSite(Cores cores, int number, Ballot ballot, List<LogRecord> log) {
        this.cores = cores;
        this.number = number;
        this.ballot = ballot;
        this.log.addAll(log);
        this.forced = log.size();
        this.random = new SteadyRandom(number);
        this.replica = cores.make(Member3.settings(number), recovered(), random);
    }

    /** A member that has just been told so and knows nothing else. */
    static SmallSite fresh(Cores cores, int number) {
        Ballot ballot = Ballot.first(Member3.peer(number).incarnation()).inGroup(Member3.GROUP, Member3.name(number));
        return new SmallSite(cores, number, ballot, List.of(Member3.FIRST));
    }

    /** Its process after a crash that left so many records. */
    SmallSite restarted(int left) {
        SmallSite next = new SmallSite(cores, number, ballot, log.subList(0, left));
        next.permanentLsn = next.recovered().permanentLsn();
        return next;
    }

    /** The same site, to go its own way. */
    SmallSite copy() {
        SmallSite copy = new SmallSite(cores, number, ballot, log);
        copy.forced = forced;
        copy.permanentLsn = permanentLsn;
        copy.tail = tail;
        ObjectGraph.pour(replica, copy.replica);
        return copy;
    }

    private Recovered recovered() {
        GenerationHistory history = GenerationHistory.EMPTY;
        for (LogRecord record : log) {
            history = history.after(record);
        }
        return new Recovered(ballot, last(), 1, history, Member3.table(), Math.min(permanentLsn, log.size()));
    }

    GenerationHistory history() {
        return recovered().history();
    }

    /** Chance is what this site and its generation make it. */
    void settle() {
        random.in(ballot.highestGeneration());
    }

    Standing last() {
        return standing(log.size());
    }

    Standing standing(long lsn) {
        return lsn == 0 ? Standing.ZERO : log.get((int) lsn - 1).standing();
    }

    /** Records of the log, as a batch. */
    RecordBatch batch(long fromLsn, long toLsn) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (LogRecord record : log.subList((int) fromLsn - 1, (int) toLsn)) {
            builder.add(record.generation(), record.lsn(), record.kind(), record.payloadBytes());
        }
        return builder.build();
    }

    /** A number equal for equal states of it. */
    long hash() {
        long all = ObjectGraph.hash(replica);
        all = ObjectGraph.mix(all * 31 + ballot.hashCode());
        all = ObjectGraph.mix(all * 31 + forced);
        all = ObjectGraph.mix(all * 31 + permanentLsn);
        all = ObjectGraph.mix(all * 31 + tail);
        for (LogRecord record : log) {
            all = ObjectGraph.mix(all * 31 + id(record));
        }
        return ObjectGraph.mix(all * 31 + number);
    }

    /** A number equal for equal records. */
    static long id(LogRecord record) {
        return ObjectGraph.mix(record.generation() * 1_000_003
                + record.lsn() * 31
                + record.payload().hashCode()
                + record.kind().code() * 7L);
    }

    /** Whether a log holds these records, by their ids, within its first so many. */
    static boolean holds(List<LogRecord> log, int upTo, List<Long> ids) {
        if (upTo < ids.size()) {
            return false;
        }
        for (int i = ids.size() - 1; i >= 0; i--) {
            if (id(log.get(i)) != ids.get(i)) {
                return false;
            }
        }
        return true;
    }
}
