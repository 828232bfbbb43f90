package org.understudy.protocol;

import java.util.Optional;
import org.understudy.log.GenerationHistory;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;

/** Fetches ranges of the log from a source until a target LSN is reached (protocol.md §5). */
final class Catchup {
    /** So many bytes may be accepted and not yet stored before the next range is asked for. */
    private static final int RANGES_AHEAD = 8;

    private final ReplicaContext context;
    private Peer source;
    private Peer authority;
    private GenerationHistory history = GenerationHistory.EMPTY;
    private long request;
    private long targetLsn;
    private long askedAtMicros;
    private boolean outstanding;
    private long acceptedLsn;
    private long unstoredRanges;

    Catchup(ReplicaContext context) {
        this.context = context;
    }

    /** Fetches from the site whose log is the measure. */
    void begin(Peer from, long target) {
        begin(from, from, GenerationHistory.EMPTY, target);
    }

    /** Fetches from a source what lies in the history that the authority answered; what else it needs, from that. */
    void begin(Peer from, Peer measure, GenerationHistory answered, long target) {
        source = from;
        authority = measure;
        history = answered;
        targetLsn = target;
        unstoredRanges = 0;
        ask();
    }

    long targetLsn() {
        return targetLsn;
    }

    boolean isReached() {
        return context.last.lsn() >= targetLsn;
    }

    private void ask() {
        request++;
        outstanding = true;
        askedAtMicros = context.now;
        context.send(
                source,
                new Message.RangeRequest(
                        request,
                        context.last.lsn() + 1,
                        targetLsn,
                        context.settings.sync().rangeBytes()));
    }

    /** The records of an answer if it is the one asked for and continues this log; empty otherwise. */
    Optional<RecordBatch> take(Peer from, Message.RangeAnswer answer) {
        boolean expected = outstanding && from.equals(source) && answer.request() == request;
        if (!expected) {
            return Optional.empty();
        }
        outstanding = false;
        return answer.records()
                .filter(records -> context.rules.follows(context.last, answer.previous())
                        && records.firstLsn() == context.last.lsn() + 1)
                .filter(records -> source.equals(authority) || context.rules.takesFromPeer(liesInHistory(records)));
    }

    private boolean liesInHistory(RecordBatch records) {
        for (LogRecord record : records) {
            if (history.generationAt(record.lsn()) != record.generation()) {
                return false;
            }
        }
        return true;
    }

    /** The source is of no use: asks the authority, unless that was the source. */
    boolean fallBack() {
        if (source == null || source.equals(authority)) {
            return false;
        }
        source = authority;
        ask();
        return true;
    }

    void lost(Peer peer) {
        if (peer.equals(source)) {
            fallBack();
        }
    }

    /** Whether this was the answer waited for, whatever it held. */
    boolean isAnswerTo(Peer from, Message.RangeAnswer answer) {
        return outstanding && from.equals(source) && answer.request() == request;
    }

    /** A range was accepted: ask for the next unless storing lags. */
    void accepted() {
        acceptedLsn = context.last.lsn();
        unstoredRanges++;
        askUnlessBehind();
    }

    /** More is stored. */
    void stored() {
        if (context.storedLsn >= acceptedLsn) {
            unstoredRanges = 0;
        }
        if (source != null && !outstanding && !isReached()) {
            askUnlessBehind();
        }
    }

    private void askUnlessBehind() {
        if (unstoredRanges < RANGES_AHEAD && !isReached()) {
            ask();
        }
    }

    void cease() {
        source = null;
        outstanding = false;
    }

    /** When an unanswered request is asked again. */
    long deadline() {
        return outstanding ? askedAtMicros + context.settings.times().heartbeatMonitorMicros() : Long.MAX_VALUE;
    }

    void tick() {
        if (context.now >= deadline() && !fallBack()) {
            ask();
        }
    }
}
