package org.understudy.site.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.ConflictException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.log.file.Log;
import org.understudy.store.Commit;
import org.understudy.store.PreparedCommits;
import org.understudy.store.Store;

/**
 * Writes what a master commits: conflict check and encoding, one append to the log, the hand-over to those who ship it,
 * then one write to the data while it is under way. Used by the tail's owner alone.
 */
final class CommitWriter {
    private final Place place;
    private final Log log;
    private final Store store;
    private final ForceGroup forces;
    private final TailListener listener;
    private final RecordBatchBuilder builder = new RecordBatchBuilder();
    private volatile CommitCounts counts = new CommitCounts(0, 0);
    private TailTerms terms;
    private long nextLsn;
    private long mustForceLsn;

    CommitWriter(Place place, Log log, Store store, ForceGroup forces, TailListener listener) {
        this.place = place;
        this.log = log;
        this.store = store;
        this.forces = forces;
        this.listener = listener;
    }

    /** A mastership begins behind the log's last record. */
    void begin(TailTerms next) {
        terms = next;
        Standing last = log.last();
        nextLsn = last.lsn() + 1;
        mustForceLsn = 0;
        forces.begin(last);
    }

    /** A record of the protocol's own. */
    void writeControl(RecordKind kind, byte[] payload) {
        RecordBatch records =
                builder.add(terms.generation(), nextLsn, kind, payload).build();
        log.append(records);
        handOver(records, List.of());
        store.apply(records);
    }

    /**
     * Writes these commits as one batch; those that conflict or are too large are told so.
     *
     * @throws RuntimeException if writing failed for good; all of them have been told
     */
    void write(List<PendingCommit> batch) {
        PreparedCommits prepared = prepare(batch);
        List<PendingCommit> writing = accepted(batch, prepared);
        counts = counts.plus(writing.size(), conflicts(batch.size(), prepared));
        Optional<RecordBatch> records = prepared.records();
        if (records.isEmpty()) {
            store.commits().abandon(prepared);
            return;
        }
        append(records.get(), prepared, writing);
        handOver(records.get(), writing);
        try {
            store.commits().write(prepared);
        } catch (RuntimeException e) {
            String why = "it is in the log, but its data could not be written: " + e.getMessage();
            writing.forEach(commit -> commit.fail(() -> new OutcomeUnknownException(place, commit.token(), why)));
            throw e;
        }
        for (int i = 0; i < writing.size(); i++) {
            writing.get(i).done(PendingCommit.APPLIED);
        }
    }

    private PreparedCommits prepare(List<PendingCommit> batch) {
        List<Commit> commits = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            commits.add(batch.get(i).commit());
        }
        try {
            return store.commits().prepare(commits, terms.generation(), nextLsn);
        } catch (RuntimeException e) {
            batch.forEach(commit -> commit.fail(() -> e));
            throw e;
        }
    }

    private List<PendingCommit> accepted(List<PendingCommit> batch, PreparedCommits prepared) {
        List<PendingCommit> writing = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            PendingCommit commit = batch.get(i);
            Optional<RuntimeException> failure = prepared.failure(i);
            if (failure.isPresent()) {
                commit.fail(failure::get);
            } else if (prepared.lsn(i) == 0) {
                commit.wroteNothing();
            } else {
                commit.written(terms.group(), terms.generation(), prepared.lsn(i), terms.lacks(commit));
                prepared.earlier(i).ifPresent(commit::goesBy);
                writing.add(commit);
            }
        }
        return writing;
    }

    private static int conflicts(int count, PreparedCommits prepared) {
        int conflicts = 0;
        for (int i = 0; i < count; i++) {
            if (prepared.failure(i).filter(ConflictException.class::isInstance).isPresent()) {
                conflicts++;
            }
        }
        return conflicts;
    }

    CommitCounts counts() {
        return counts;
    }

    private void append(RecordBatch records, PreparedCommits prepared, List<PendingCommit> writing) {
        try {
            log.append(records);
        } catch (RuntimeException e) {
            store.commits().abandon(prepared);
            // as much of it as got into the log comes back when the environment is opened anew
            String why = "it may be in the log, which could not be written: " + e.getMessage();
            writing.forEach(commit -> commit.fail(() -> new OutcomeUnknownException(place, commit.token(), why)));
            throw e;
        }
    }

    private void handOver(RecordBatch records, List<PendingCommit> writing) {
        nextLsn = records.lastLsn() + 1;
        boolean forced = mustForce(records);
        boolean wanted = forced;
        for (int i = 0; i < writing.size(); i++) {
            PendingCommit commit = writing.get(i);
            if ((terms.lacks(commit) & PendingCommit.FORCED) != 0) {
                forces.request(commit);
                wanted = true;
            }
        }
        List<PendingCommit> told = writing;
        for (RecordBatch piece : BatchPieces.of(records)) {
            listener.appended(new AppendedBatch(terms.generation(), piece, told, !forced));
            told = List.of();
        }
        forces.appended(records.last(), wanted);
    }

    /** Some records are forced whatever the group asks for, before they or what follows counts as stored (§2.3, §8.1). */
    private boolean mustForce(RecordBatch records) {
        if (records.mustBeForced()) {
            mustForceLsn = records.lastLsn();
        }
        return terms.forced() || mustForceLsn > forces.forcedLsn();
    }
}
