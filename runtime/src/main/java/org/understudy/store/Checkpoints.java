package org.understudy.store;

import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.UnavailableException;
import org.understudy.log.RecordBatch;

/** Makes checkpoints, looks into them, and checks the data in one, beside the store and without holding it up. */
final class Checkpoints {
    private static final int CHUNK_BYTES = 4 << 20;

    private final StoreCore core;

    Checkpoints(StoreCore core) {
        this.core = core;
    }

    CheckpointInfo make(Path target) {
        flushAheadOfWriting();
        return core.writing(() -> {
            Stored stored = core.stored();
            Effects effects = core.effects();
            core.lazy().addTo(effects.batch(), stored.applied().lsn(), true);
            core.write(effects, stored.applied());
            core.flush(true);
            core.engine().checkpoint(target);
            return info(target, stored, core.lazy());
        });
    }

    /** Most of what is in memory is flushed while commits go on; in a lockout that is left out. */
    void flushAheadOfWriting() {
        int cell = core.writing(() -> {
            core.flush(false);
            return core.gate().tryEnter();
        });
        if (cell >= 0) {
            try {
                core.engine().awaitFlushed();
            } finally {
                core.gate().leave(cell);
            }
        }
    }

    CheckpointInfo inspect(Path checkpoint) {
        return core.locked(() -> {
            try (Engine opened = open(checkpoint)) {
                LazyMeta lazy = new LazyMeta();
                lazy.load(opened);
                return info(checkpoint, Stored.read(opened, core.holding()), lazy);
            }
        });
    }

    /** Writes into a checkpoint that is to be installed which databases a partial view holds of it; the others go when it is opened. */
    void narrow(Path checkpoint) {
        if (core.holding().isPartial()) {
            try (Engine opened = Engine.open(checkpoint, core.settings(), core.failures())) {
                DatabaseTable before = core.stored().catalog().table();
                RocksBatch batch = new RocksBatch();
                byte[] narrowed = core.holding()
                        .narrowed(Stored.readTable(opened), before)
                        .encode();
                batch.put(Meta.FAMILY, Meta.DATABASES, narrowed);
                opened.write(batch, () -> {});
                opened.flush(true);
            }
        }
    }

    /** The data as it was at an LSN: a copy in which the log's later records are undone. */
    PastData past(RecordReader log, long lsn) {
        Path folder = core.swap().newPast();
        try {
            CheckpointInfo info = make(folder);
            if (lsn > info.applied().lsn()) {
                throw new IllegalArgumentException("[" + core.place() + "] LSN " + lsn
                        + " is not here yet: the data holds " + info.applied() + "; name that or an earlier one");
            }
            Engine opened = Engine.open(folder, core.settings(), core.failures());
            try {
                Stored stored = Stored.read(opened, core.holding());
                Stored then = lsn == info.applied().lsn() ? stored : undone(opened, stored, log, lsn);
                return new PastData(opened, then, () -> core.swap().clear(folder));
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (RuntimeException e) {
            core.swap().clear(folder);
            throw e;
        }
    }

    private Stored undone(Engine engine, Stored stored, RecordReader log, long lsn) {
        Effects effects = new Effects(engine, new RocksBatch(), stored, core.holding());
        Undo undo = new Undo(effects, stored);
        long last = stored.applied().lsn();
        try {
            for (long next = lsn + 1; next <= last; ) {
                RecordBatch records = log.read(next, last, CHUNK_BYTES);
                undo.take(records);
                next = records.lastLsn() + 1;
                if (next > last && !records.last().equals(stored.applied())) {
                    throw new UnavailableException(core.place(), "The data went back meanwhile; ask again");
                }
            }
        } catch (NoSuchElementException | EnvironmentCorruptedException e) {
            throw new IllegalArgumentException(
                    "[" + core.place() + "] what the data was at LSN " + lsn + " can't be told any more: "
                            + e.getMessage() + "; name a later one",
                    e);
        }
        undo.finish(stored.history().standingAt(lsn));
        effects.table().numbers().forEach((name, number) -> {
            if (effects.table().holds(number) && engine.family(number) == null) {
                throw new IllegalArgumentException("[" + core.place() + "] what the data was at LSN " + lsn
                        + " can't be told any more: database " + name + " is gone since; name a later one");
            }
        });
        Stored then = effects.finish(stored.history().standingAt(lsn));
        engine.write(effects.batch(), () -> {});
        return then;
    }

    void verify() {
        Path folder = core.swap().verifying();
        core.swap().clear(folder);
        make(folder);
        try (Engine opened = core.locked(() -> open(folder))) {
            opened.verify();
        } finally {
            core.swap().clear(folder);
        }
    }

    private Engine open(Path checkpoint) {
        return Engine.openReadOnly(checkpoint, core.settings(), core.failures());
    }

    private static CheckpointInfo info(Path folder, Stored stored, LazyMeta lazy) {
        return new CheckpointInfo(folder, stored.applied(), stored.history(), stored.members(), lazy.permanentLsn());
    }
}
