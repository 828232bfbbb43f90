package org.understudy.store;

import java.nio.file.Path;

/** Makes checkpoints, looks into them, and checks the data in one, beside the store and without holding it up. */
final class Checkpoints {
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
