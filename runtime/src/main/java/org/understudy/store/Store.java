package org.understudy.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.LockoutException;
import org.understudy.PreparedBranch;
import org.understudy.ReplicationPanicException;
import org.understudy.SnapshotLostException;
import org.understudy.Standing;
import org.understudy.UndoneTransaction;
import org.understudy.WriteFailedException;
import org.understudy.log.ForwardSession;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordBatch;

/**
 * The data of one environment: what its log's records amount to, up to the applied standing (protocol.md §2.1).
 *
 * <p>Any thread reads. One at a time, the owner of the log's tail, writes: it applies records that are in the log already, or
 * prepares commits, appends their records to the log, and writes them. What reaches the disk is always a prefix of the log on
 * disk; after a crash the log is applied again from the applied standing on.
 */
public final class Store implements AutoCloseable {
    private final StoreCore core;
    private final CommitAssembler commits;
    private final Checkpoints checkpoints;
    private final ChangeReader changes = new ChangeReader();

    private Store(StoreCore core, Function<StoreCore, HeldKeys> restoresHeld) {
        this.core = core;
        this.commits = new CommitAssembler(core, restoresHeld);
        this.checkpoints = new Checkpoints(core);
    }

    /**
     * Opens the data under an environment's home, or makes it. Before it is used, see {@link #pendingCut} and {@link
     * #pendingReset}, then apply what the log holds beyond {@link #applied}.
     *
     * @param forceLog forces the log, all that was appended before the call; called before each flush by a thread of the
     *     store's or by the one that writes, and to throw if it fails
     */
    public static Store open(Path home, StoreOptions options, Runnable forceLog) {
        return open(home, options, forceLog, System::nanoTime);
    }

    static Store open(Path home, StoreOptions options, Runnable forceLog, LongSupplier nanoClock) {
        return open(home, options, forceLog, nanoClock, HeldKeys::restored);
    }

    /** The same with another way to find what a new master holds; for a planted bug. */
    static Store open(
            Path home,
            StoreOptions options,
            Runnable forceLog,
            LongSupplier nanoClock,
            Function<StoreCore, HeldKeys> restoresHeld) {
        StoreCore core = new StoreCore(home, options, forceLog, nanoClock);
        core.open();
        return new Store(core, restoresHeld);
    }

    /** The last record whose effects the data holds. */
    public Standing applied() {
        return core.stored().applied();
    }

    /** Completed, on another thread, once this LSN is applied; let go of when it is completed otherwise before. */
    public CompletableFuture<Void> whenApplied(long lsn) {
        return core.appliedWaiters().await(lsn, () -> applied().lsn());
    }

    /** The masterships up to there. */
    public GenerationHistory history() {
        return core.stored().history();
    }

    /** The member table in force there; {@link MemberTable#NONE} before there is one. */
    public MemberTable members() {
        return core.stored().members();
    }

    /** Whether this is a partial view's, which holds some of the databases only. */
    public boolean isPartial() {
        return core.holding().isPartial();
    }

    /** The names of the databases there are, those a partial view doesn't hold left out. */
    public Set<String> databaseNames() {
        Set<String> names = core.stored().catalog().names();
        names.removeIf(ForwardSessions::isReserved);
        return names;
    }

    /** The permanent LSN last saved. */
    public long permanentLsn() {
        return core.lazy().permanentLsn();
    }

    /** Keeps the permanent LSN: written along with a later batch and when the store is closed, never forced. */
    public void savePermanent(long lsn) {
        core.lazy().permanentLsn(lsn);
    }

    /** The standing just below the log's first record, as last saved. */
    public Standing logBelow() {
        return core.lazy().logBelow();
    }

    /** Keeps the standing just below the log's first record; written as the permanent LSN is. */
    public void saveLogBelow(Standing below) {
        core.lazy().logBelow(below);
    }

    /** Whether a write failed, so that every later one is refused. */
    public boolean failed() {
        return core.failures().any();
    }

    /** Completed with the first failed write, wherever it happened. */
    public CompletionStage<WriteFailedException> failure() {
        return core.failures().first();
    }

    /**
     * The newest value of a key.
     *
     * @throws LockoutException when the data goes back or is replaced for longer than a read may wait
     */
    public Optional<byte[]> get(String database, byte[] key) {
        AccessGate gate = core.gate();
        int cell = gate.enter();
        try {
            Family family = core.stored().catalog().find(database);
            if (family == null) {
                return Optional.empty();
            }
            return Optional.ofNullable(core.engine().newest(family, key));
        } finally {
            gate.leave(cell);
        }
    }

    /** Whether there is such a key. */
    public boolean contains(String database, byte[] key) {
        return get(database, key).isPresent();
    }

    /** What is known here of a session of forwarded writes (protocol.md §9). */
    public Optional<ForwardSession> forwardSession(UUID session) {
        return get(ForwardSessions.DATABASE, ForwardSessions.key(session)).map(ForwardSession::decode);
    }

    /** The branches of distributed transactions that wait, those prepared first first (protocol.md §8.1). */
    public List<PreparedBranch> preparedBranches() {
        return core.waitingBranches().list(core);
    }

    /** The same, if it can be told without waiting: not while data goes back or is swapped. */
    public Optional<List<PreparedBranch>> preparedBranchesAtOnce() {
        return core.waitingBranches().listAtOnce(core);
    }

    /** Begins a transaction whose plain scans are not protected. */
    public StoreTransaction begin(boolean readOnly) {
        return begin(readOnly, false, false);
    }

    /** Begins a transaction; one that protects its scans finds all it scanned unwritten at its commit (protocol.md §8). */
    public StoreTransaction begin(boolean readOnly, boolean protectsScans) {
        return begin(readOnly, protectsScans, false);
    }

    /** The same; one that does not wait out a lockout throws {@link LockoutException} at once (protocol.md §5). */
    public StoreTransaction begin(boolean readOnly, boolean protectsScans, boolean noWait) {
        Duration lockoutTimeout = noWait ? Duration.ZERO : core.options().lockoutTimeout();
        return new StoreTransaction(core, readOnly, protectsScans, lockoutTimeout, core.nowNanos());
    }

    /** Ends the transactions that are older than allowed, and notices what failed in the background; for now and then. */
    public void expireTransactions() {
        noticeBackground();
        long now = core.nowNanos();
        long maxAge = core.options().transactionMaxAge().toNanos();
        OpenTransactions transactions = core.transactions();
        if (core.engine().hasDropped() || transactions.any(each -> !each.isOpen() || each.isOlderThan(maxAge, now))) {
            core.exclusively(() -> {
                transactions.end(each -> !each.isOpen(), Ending.CLOSED);
                transactions.end(each -> each.isOlderThan(maxAge, now), Ending.TOO_OLD);
                core.closeDropped();
            });
        }
    }

    private void noticeBackground() {
        int cell = core.gate().tryEnter();
        if (cell >= 0) {
            try {
                core.engine().noticeBackground();
            } finally {
                core.gate().leave(cell);
            }
        }
    }

    /** The master's side of committing. */
    public CommitAssembler commits() {
        return commits;
    }

    /**
     * Applies records that the log holds, in one write; those at or below the applied standing are skipped.
     *
     * @throws IllegalStateException when they do not continue at the applied standing
     * @throws WriteFailedException when they can't be written
     */
    public void apply(RecordBatch records) {
        core.writing(() -> {
            Standing applied = applied();
            if (records.firstLsn() > applied.lsn() + 1) {
                throw new IllegalStateException(records + " leave a gap after the applied " + applied);
            }
            if (records.lastLsn() > applied.lsn()) {
                Effects effects = core.effects();
                effects.take(records, applied.lsn() + 1, changes);
                core.write(effects, records.last());
            }
            return applied;
        });
    }

    /** Lets the data of databases go that were removed or truncated by records which are permanent now. */
    public void onPermanent(long lsn) {
        if (!core.stored().catalog().table().hasRetired(lsn) || commits.isPrepared()) {
            return; // or till the next time: commits being prepared hold the table as it is
        }
        core.writing(() -> {
            DatabaseTable table = core.stored().catalog().table();
            Effects effects = core.effects();
            effects.restore(table.withoutRetired(lsn), history(), members());
            core.write(effects, applied());
            core.flush(true); // or a crash would bring back a table that names what is gone
            table.retiredBy(lsn).forEach(core.engine()::drop);
            return table;
        });
    }

    /** Keeps reads waiting until it is closed; for whoever lets data go back or replaces it, and more around it. */
    public Lockout lockOut() {
        core.gate().lockOut();
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.getAndSet(false)) {
                core.gate().letIn();
            }
        };
    }

    /**
     * Takes back the log's records behind a match point, those of them that were applied, in one write that is on the disk
     * when this returns; the records are kept under {@code rolled-back/}. Transactions that read what is taken back end with
     * {@link SnapshotLostException}. Then the log is to be cut, and {@link #cutDone} called.
     *
     * @param matchPoint the last record to keep
     * @param lastLsn the log's last record
     * @throws ReplicationPanicException when the match point is below the permanent LSN
     */
    public Undone rollback(RecordReader log, Standing matchPoint, long lastLsn) {
        return core.writing(() -> {
            if (lastLsn <= matchPoint.lsn()) {
                return Undone.NOTHING;
            }
            Lockout lockout = lockOut();
            try {
                return new Rollback(core, log, matchPoint, lastLsn).run();
            } finally {
                lockout.close();
            }
        });
    }

    /** The commits that rollbacks have taken back, as far as they are still kept; to be closed. Also of a closed store. */
    public Stream<UndoneTransaction> rolledBack() {
        return core.rolledBack().transactions();
    }

    /** A rollback whose log may not have been cut yet: cut it behind this standing, then call {@link #cutDone}. */
    public Optional<Standing> pendingCut() {
        return core.pendingCut();
    }

    /** Says that the log is cut; lasting when it returns. Until then nothing else is written. */
    public void cutDone() {
        core.locked(() -> {
            if (core.pendingCut().isPresent()) {
                RocksBatch batch = new RocksBatch();
                batch.delete(Meta.FAMILY, Meta.PENDING_CUT);
                core.engine().write(batch, () -> core.pendingCut(Optional.empty()));
                core.flush(true);
            }
            return core.pendingCut();
        });
    }

    /**
     * Makes a checkpoint: a folder with all the data of this moment, by hard links where the file system has them.
     *
     * @param target a folder that is not there yet, on the same file system
     */
    public CheckpointInfo checkpoint(Path target) {
        return checkpoints.make(target);
    }

    /**
     * Looks into a checkpoint.
     *
     * @throws EnvironmentCorruptedException when it is not whole
     */
    public CheckpointInfo inspect(Path checkpoint) {
        return checkpoints.inspect(checkpoint);
    }

    /**
     * Puts a checkpoint in the place of the data; its folder is gone afterwards. Every transaction ends with {@link
     * SnapshotLostException}. Then the log is to be reset to begin behind {@link #applied}, and {@link #resetDone} called.
     */
    public CheckpointInfo replaceWith(Path checkpoint) {
        return core.locked(() -> {
            CheckpointInfo info = inspect(checkpoint);
            checkpoints.narrow(checkpoint);
            Lockout lockout = lockOut();
            try {
                core.replaceWith(checkpoint);
            } finally {
                lockout.close();
            }
            return info;
        });
    }

    /** A swap of the data whose log may not have been reset yet: reset it to begin behind this, then call {@link #resetDone}. */
    public Optional<Standing> pendingReset() {
        return core.swap().isSwapped() ? Optional.of(applied()) : Optional.empty();
    }

    /** Says that the log begins behind the data; lasting when it returns. */
    public void resetDone() {
        core.swap().logFits();
    }

    /** Writes all that is in memory to disk; most of it while commits go on. */
    public void flush() {
        checkpoints.flushAheadOfWriting();
        core.writing(() -> {
            core.flush(true);
            return applied();
        });
    }

    /**
     * Flushes, then reads all that is on disk and checks it, while reads and commits go on. It takes long.
     *
     * @throws EnvironmentCorruptedException when something is not what was written
     */
    public void verify() {
        checkpoints.verify();
    }

    /**
     * The data as it was at an LSN, in a copy of its own, which takes the room of what changes while it is open.
     *
     * @throws IllegalArgumentException when that LSN is not applied yet, or the log does not reach back to it
     */
    public PastData past(RecordReader log, long lsn) {
        return checkpoints.past(log, lsn);
    }

    /** Flushes and closes the data. Whoever reads or writes from now on gets {@link EnvironmentClosedException}. */
    @Override
    public void close() {
        core.close();
    }
}
