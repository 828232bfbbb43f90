package org.understudy.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.understudy.EnvironmentClosedException;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.SnapshotLostException;
import org.understudy.SnapshotTooOldException;
import org.understudy.Standing;
import org.understudy.TransactionClosedException;
import org.understudy.WriteFailedException;
import org.understudy.log.ValueReader;

/**
 * What the parts of a store share: the open RocksDB, what is stored, and who may touch it when.
 *
 * <p>Two things guard RocksDB: whoever reads is inside the {@link AccessGate}; whoever writes, or changes what readers stand
 * on, holds the lock for writing, and shuts the gate for the latter. Nobody inside the gate waits for the lock.
 */
final class StoreCore {
    private static final Logger LOG = System.getLogger("org.understudy.store");

    private final Path home;
    private final StoreOptions options;
    private final Holding holding;
    private final LongSupplier nanoClock;
    private final DataSwap swap;
    private final Failures failures;
    private final AccessGate gate;
    private final RocksSettings settings;
    private final LazyMeta lazy = new LazyMeta();
    private final RolledBackFolder rolledBack;
    private final OpenTransactions transactions = new OpenTransactions();
    private final AppliedWaiters appliedWaiters = new AppliedWaiters();
    private final WaitingBranches waitingBranches = new WaitingBranches();
    private final ReentrantLock writing = new ReentrantLock();
    private final RocksBatch batch = new RocksBatch();
    private final Runnable forceLog;
    private final Flusher flusher;
    private volatile Engine engine;
    private volatile Stored stored;
    private volatile Optional<Standing> pendingCut = Optional.empty();
    private boolean closed;

    StoreCore(Path home, StoreOptions options, Runnable forceLog, LongSupplier nanoClock) {
        this.home = home;
        this.options = options;
        this.holding = new Holding(options.place(), options.filter());
        this.nanoClock = nanoClock;
        this.swap = new DataSwap(home);
        this.rolledBack = new RolledBackFolder(options.place(), home, options.rolledBackBytes());
        this.failures = new Failures(options.place());
        this.gate = new AccessGate(options.place(), options.lockoutTimeout());
        this.settings = new RocksSettings(options);
        this.forceLog = forceLog;
        this.flusher = new Flusher(this, options.writeBufferBytes());
    }

    /** Opens the data, finishing a swap that a crash has cut short. */
    void open() {
        try {
            swap.finish();
            openEngine();
        } catch (RuntimeException e) {
            settings.close();
            throw e;
        }
        if (pendingCut.isPresent()) {
            rolledBack.settle();
        } else {
            rolledBack.discard();
        }
        flusher.start();
    }

    private void openEngine() {
        Engine opened = Engine.open(swap.data(), settings, failures);
        try {
            DatabaseTable table = Stored.readTable(opened);
            holding.check(table);
            opened.dropAllBut(table::holds); // what a crash left of databases whose records never reached the disk
            opened.closeDropped();
            lazy.load(opened);
            pendingCut = Meta.read(opened::meta, Meta.PENDING_CUT, ValueReader::getStanding);
            stored = Stored.read(opened, holding);
            engine = opened;
            waitingBranches.changed();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Puts a folder in the place of the data; only while writing and locked out. */
    void replaceWith(Path folder) {
        transactions.end(transaction -> true, Ending.LOST);
        engine.close();
        try {
            swap.replaceWith(folder);
            openEngine();
            appliedWaiters.reached(stored.applied().lsn());
        } catch (RuntimeException e) {
            closed = true;
            gate.close();
            settings.close();
            throw failures.writing("The data could not be replaced", e);
        }
    }

    void close() {
        flusher.stop();
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                gate.close();
                transactions.end(transaction -> true, Ending.STORE_CLOSED);
                closeEngine();
            }
        } finally {
            writing.unlock();
        }
    }

    /** What can't be flushed any more stands in the log, which is applied again at the next opening. */
    private void closeEngine() {
        try {
            if (!failures.isUnsound()) {
                batch.clear();
                lazy.addTo(batch, stored.applied().lsn(), true);
                engine.write(batch, () -> {});
                flush(true);
            }
        } catch (WriteFailedException e) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0408: closed without a last flush; the log holds what it lacks: " + e.getMessage());
        } finally {
            engine.close();
            settings.close();
        }
    }

    /** Forces the log. */
    void forceLog() {
        failures.refuseAfterFailure();
        try {
            forceLog.run();
        } catch (RuntimeException e) {
            throw failures.writing("The log could not be forced before the data is flushed", e);
        }
    }

    /** Flushes all that is in memory, once it is in the log on disk; only while writing. */
    void flush(boolean untilDone) {
        forceLog();
        engine.flush(untilDone);
        flusher.flushed();
    }

    Path home() {
        return home;
    }

    StoreOptions options() {
        return options;
    }

    Place place() {
        return options.place();
    }

    Holding holding() {
        return holding;
    }

    DataSwap swap() {
        return swap;
    }

    Failures failures() {
        return failures;
    }

    AccessGate gate() {
        return gate;
    }

    RocksSettings settings() {
        return settings;
    }

    RolledBackFolder rolledBack() {
        return rolledBack;
    }

    LazyMeta lazy() {
        return lazy;
    }

    OpenTransactions transactions() {
        return transactions;
    }

    AppliedWaiters appliedWaiters() {
        return appliedWaiters;
    }

    WaitingBranches waitingBranches() {
        return waitingBranches;
    }

    Engine engine() {
        return engine;
    }

    Stored stored() {
        return stored;
    }

    Optional<Standing> pendingCut() {
        return pendingCut;
    }

    void pendingCut(Optional<Standing> standing) {
        pendingCut = standing;
    }

    long nowNanos() {
        return nanoClock.getAsLong();
    }

    /** The effects of what is to be written next; only while writing. */
    Effects effects() {
        return new Effects(engine, batch, stored, holding);
    }

    /** The same, gathered in a batch of one's own. */
    Effects effects(RocksBatch into) {
        return new Effects(engine, into, stored, holding);
    }

    /** Writes gathered effects; only while writing. Where the databases change, nobody reads meanwhile. */
    void write(Effects effects, Standing applied) {
        lazy.addTo(effects.batch(), applied.lsn(), false);
        Stored next = effects.finish(applied);
        if (effects.changesDatabases()) {
            gate.shut();
            try {
                engine.write(effects.batch(), () -> stored = next);
            } finally {
                gate.reopen();
            }
        } else {
            engine.write(effects.batch(), () -> stored = next);
        }
        if (effects.changesBranches()) {
            waitingBranches.changed();
        }
        appliedWaiters.reached(next.applied().lsn());
        flusher.wrote(effects.batch().memoryBytes());
    }

    /** Does what one thread at a time may do, while the store is open, has not failed, and its log fits. */
    <T> T writing(Supplier<T> action) {
        return locked(() -> {
            failures.refuseAfterFailure();
            if (pendingCut.isPresent()) {
                throw new IllegalStateException(
                        "The log is to be cut behind " + pendingCut.get() + " before anything else is written");
            }
            return action.get();
        });
    }

    /** Does what one thread at a time may do, while the store is open. */
    <T> T locked(Supplier<T> action) {
        writing.lock();
        try {
            if (closed) {
                throw new EnvironmentClosedException(place(), "The environment is closed; open it anew");
            }
            return action.get();
        } finally {
            writing.unlock();
        }
    }

    /** Does something while nobody is inside the gate. */
    void exclusively(Runnable action) {
        locked(() -> {
            gate.shut();
            try {
                action.run();
                return closed;
            } finally {
                gate.reopen();
            }
        });
    }

    /** A view for a transaction; only inside the gate. */
    SnapshotView openView(StoreTransaction transaction) {
        transactions.add(transaction, stored.applied().lsn()); // before the snapshot: a lower bound of its LSN
        return new SnapshotView(engine, () -> stored);
    }

    /** Closes dropped families that no transaction can be reading; only while nobody is inside the gate. */
    void closeDropped() {
        if (transactions.isEmpty()) {
            engine.closeDropped();
        }
    }

    ReplicationException ended(Ending reason) {
        return switch (reason) {
            case CLOSED ->
                new TransactionClosedException(
                        place(), "The transaction is committed or rolled back already; begin another");
            case LOST ->
                new SnapshotLostException(
                        place(), "What the transaction reads was rolled back or replaced; begin another");
            case TOO_OLD -> new SnapshotTooOldException(place(), options.transactionMaxAge());
            case STORE_CLOSED -> new EnvironmentClosedException(place(), "The environment is closed; open it anew");
        };
    }
}
