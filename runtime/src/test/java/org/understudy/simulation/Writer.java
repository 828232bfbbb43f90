package org.understudy.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.understudy.CommitToken;
import org.understudy.Durability;
import org.understudy.Standing;
import org.understudy.WriteFailedException;
import org.understudy.log.RecordBatch;
import org.understudy.protocol.Input;

/** The writer thread of a site: one piece of work after the other, each taking its time on the disk. */
final class Writer {
    private final SiteProcess process;
    private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
    private final List<RecordBatch> queued = new ArrayList<>();
    private boolean busy;
    private boolean forceQueued;
    private long mustForceLsn;

    Writer(SiteProcess process) {
        this.process = process;
    }

    /** A client's records: appended and applied, then told of once the durability setting is met. */
    void write(RecordBatch records) {
        boolean forces = syncs() || records.mustBeForced();
        if (!forces && process.settings().inlineWrites() && isIdle()) {
            writeInline(records);
            return;
        }
        queued.add(records);
        if (queued.size() == 1) {
            jobs.add(this::writeQueued);
            next();
        }
    }

    private void writeInline(RecordBatch records) {
        try {
            put(records);
        } catch (WriteFailedException e) {
            process.diskFailed(e);
            return;
        }
        stored(records.last());
    }

    /**
     * A master's records are appended: they are told of once the durability setting is met. Some are forced in any
     * case, before they or what follows counts (protocol.md §2.3, §8.1).
     */
    void storeTail(RecordBatch records) {
        if (records.mustBeForced()) {
            mustForceLsn = records.lastLsn();
        }
        if (!syncs() && mustForceLsn == 0) {
            stored(records.last());
        } else if (!forceQueued) {
            forceQueued = true;
            jobs.add(() -> {
                forceQueued = false;
                force(process.disk().log().last(), true);
            });
            next();
        }
    }

    /** Runs this once everything before it is done; at once, if nothing is. */
    void then(Runnable action) {
        if (isIdle()) {
            action.run();
        } else {
            jobs.add(() -> {
                action.run();
                done();
            });
        }
    }

    /** Undoes everything above a standing. */
    void rollback(Standing matchPoint) {
        jobs.add(() -> process.afterDisk(() -> {
            List<CommitToken> undone = process.disk().undo(matchPoint);
            process.afterDisk(() -> {
                process.disk().log().cut(matchPoint.lsn());
                process.disk().store().settled();
                process.observer().cut(process.site(), matchPoint);
                DataImage data = process.disk().store().live();
                process.take(new Input.RollbackDone(matchPoint, data.history, data.members, undone));
                done();
            });
        }));
        next();
    }

    /** Puts a checkpoint in place of log and data. */
    void install(DataImage checkpoint, long permanentLsn) {
        jobs.add(() -> process.afterDisk(() -> {
            process.disk().install(checkpoint);
            process.afterDisk(() -> {
                process.disk().log().reset(checkpoint.applied);
                process.disk().store().settled();
                process.observer().installed(process.site(), checkpoint.applied);
                process.take(new Input.Initialised(
                        checkpoint.applied, checkpoint.history, checkpoint.members, permanentLsn));
                done();
            });
        }));
        next();
    }

    private boolean syncs() {
        return process.settings().replica().terms().durability() == Durability.SYNC;
    }

    private boolean isIdle() {
        return !busy && jobs.isEmpty();
    }

    private void next() {
        if (!busy && !jobs.isEmpty() && !process.hasEnded()) {
            busy = true;
            jobs.poll().run();
        }
    }

    private void done() {
        busy = false;
        next();
    }

    private void writeQueued() {
        List<RecordBatch> batches = List.copyOf(queued);
        queued.clear();
        try {
            batches.forEach(this::put);
        } catch (WriteFailedException e) {
            process.diskFailed(e);
            return;
        }
        boolean forces = syncs() || batches.stream().anyMatch(RecordBatch::mustBeForced);
        force(batches.get(batches.size() - 1).last(), forces);
    }

    private void put(RecordBatch records) {
        process.disk().log().append(records);
        process.disk().store().apply(records);
    }

    private void force(Standing upTo, boolean forces) {
        process.afterDisk(() -> {
            if (forces) {
                process.disk().log().force();
                mustForceLsn = upTo.lsn() >= mustForceLsn ? 0 : mustForceLsn;
            }
            stored(upTo);
            done();
        });
    }

    private void stored(Standing upTo) {
        process.observer().stored(process.site(), upTo.lsn());
        process.take(new Input.Stored(upTo));
    }
}
