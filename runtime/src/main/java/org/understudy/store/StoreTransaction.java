package org.understudy.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.Standing;

/**
 * Reads one snapshot, taken at its first read, and its own writes, which it keeps to itself until a master commits them
 * (protocol.md §8). It is used by one thread at a time. Keys and values handed in are given away.
 *
 * <p>What it reads by key is remembered, absence too, and found unwritten at commit or the commit is a conflict; a scan is
 * remembered when it is one for update, or the transaction protects all its scans. A read-only transaction remembers nothing.
 */
public final class StoreTransaction extends Commit implements AutoCloseable {
    private final StoreCore core;
    private final boolean readOnly;
    private final boolean protectsScans;
    private final Duration lockoutTimeout;
    private final long beganNanos;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final WriteSet writes = new WriteSet();
    private final ReadSet reads = new ReadSet();
    private volatile Ending ending;
    private SnapshotView view;

    StoreTransaction(StoreCore core, boolean readOnly, boolean protectsScans, Duration lockoutTimeout, long nowNanos) {
        this.core = core;
        this.readOnly = readOnly;
        this.protectsScans = protectsScans && !readOnly;
        this.lockoutTimeout = lockoutTimeout;
        this.beganNanos = nowNanos;
    }

    /** Whether it refuses to write. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** Whether it can still be used. */
    public boolean isOpen() {
        return ending == null;
    }

    /** Whether there is anything to commit. */
    public boolean hasWrites() {
        return !writes.isEmpty();
    }

    /** The value of a key; remembered for the conflict check. */
    public Optional<byte[]> get(String database, byte[] key) {
        checkOpen();
        byte[] own = writes.of(database).find(key);
        if (own != null) {
            return own == DatabaseWrites.DELETED ? Optional.empty() : Optional.of(own);
        }
        int cell = enter();
        try {
            byte[] value = view().get(database, key);
            if (!readOnly) {
                int number = view.number(database);
                reads.readDatabase(database, number);
                reads.read(number, key, value);
            }
            return Optional.ofNullable(value);
        } finally {
            leave(cell);
        }
    }

    /** The value of a key, protected until the commit. */
    public Optional<byte[]> getForUpdate(String database, byte[] key) {
        checkWritable();
        return get(database, key);
    }

    /** Whether there is such a key; remembered for the conflict check. */
    public boolean contains(String database, byte[] key) {
        return get(database, key).isPresent();
    }

    /** Puts a value in the place of whatever the key has; reads nothing. */
    public void put(String database, byte[] key, byte[] value) {
        checkWritable();
        writes.to(database).put(key, value);
    }

    /** Deletes a key, whether or not it is there; reads nothing. */
    public void delete(String database, byte[] key) {
        checkWritable();
        writes.to(database).delete(key);
    }

    /** Deletes every key of a database; reads nothing. */
    public void truncate(String database) {
        checkWritable();
        writes.to(database).truncate();
    }

    /** How many keys there are in the snapshot and the own writes; protected as a scan is. */
    public long count(String database) {
        long count = 0;
        try (StoreCursor cursor = cursor(database, ByteRange.ALL, Direction.FORWARDS)) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    /** Walks through a range of the snapshot and the own writes; protected only in a transaction that protects its scans. */
    public StoreCursor cursor(String database, ByteRange range, Direction direction) {
        return open(database, range, direction, protectsScans);
    }

    /** Walks through a range and protects it: whatever is written in it before the commit is a conflict. */
    public StoreCursor cursorForUpdate(String database, ByteRange range, Direction direction) {
        checkWritable();
        return open(database, range, direction, true);
    }

    private StoreCursor open(String database, ByteRange range, Direction direction, boolean protect) {
        int cell = enter();
        try {
            int number = view().number(database);
            if (protect) {
                reads.readDatabase(database, number);
                reads.protect(number, range);
            }
            DatabaseWrites own = writes.of(database);
            SnapshotIterator base =
                    view.iterator(own.truncates() ? Optional.empty() : Optional.of(database), range, direction);
            return new StoreCursor(this, base, own.keys(), range, direction);
        } finally {
            leave(cell);
        }
    }

    /** What its snapshot shows; it takes the snapshot unless it has one. */
    public Standing standing() {
        int cell = enter();
        try {
            return view().standing();
        } finally {
            leave(cell);
        }
    }

    /** Lets its snapshot and its cursors go, and forgets its writes. Does nothing the second time. */
    @Override
    public void close() {
        if (ending == null) {
            ending = Ending.CLOSED;
        }
        releaseIfIdle();
    }

    /** Lets a cursor's iterator go, if that is possible at once; else it goes with the transaction. */
    void release(SnapshotIterator iterator) {
        whileIdle(() -> {
            if (view != null) {
                view.release(iterator);
            }
        });
    }

    /** Begins a call on the snapshot. */
    int enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "Two threads use one transaction at once; give each a transaction of its own");
        }
        int cell = -1;
        try {
            cell = core.gate().enter(lockoutTimeout);
            checkOpen();
            return cell;
        } catch (RuntimeException e) {
            leave(cell);
            throw e;
        }
    }

    /** Ends a call on the snapshot. */
    void leave(int cell) {
        if (cell >= 0) {
            core.gate().leave(cell);
        }
        busy.set(false);
        if (ending != null) {
            releaseIfIdle();
        }
    }

    /** The snapshot, taken now unless it was before; only between {@link #enter} and {@link #leave}. */
    SnapshotView view() {
        if (view == null) {
            view = core.openView(this);
        }
        return view;
    }

    /** For the thread that commits it: keeps its owner and every other thread off. */
    boolean occupy() {
        return busy.compareAndSet(false, true);
    }

    /** Ends what {@link #occupy} began. */
    void vacate() {
        leave(-1);
    }

    WriteSet writes() {
        return writes;
    }

    ReadSet reads() {
        return reads;
    }

    /** Whether what it reads goes beyond an LSN; only while nobody is inside the gate. */
    boolean isAbove(long lsn) {
        return view != null && view.standing().lsn() > lsn;
    }

    boolean isOlderThan(long nanos, long nowNanos) {
        return nowNanos - beganNanos > nanos;
    }

    /** Ends it and lets its snapshot go; only while nobody is inside the gate. */
    void end(Ending reason) {
        if (ending == null) {
            ending = reason;
        }
        if (view != null) {
            view.release();
            view = null;
            core.transactions().remove(this);
        }
    }

    void checkOpen() {
        Ending reason = ending;
        if (reason != null) {
            throw core.ended(reason);
        }
    }

    private void checkWritable() {
        checkOpen();
        if (readOnly) {
            throw new IllegalStateException("The transaction is read-only; begin one that isn't to write");
        }
    }

    /** When another thread is inside a call, that one does it as it leaves; in a lockout, {@link Store#expireTransactions}. */
    private void releaseIfIdle() {
        whileIdle(() -> end(Ending.CLOSED));
    }

    /** Does something with the snapshot unless it is in use or locked away. */
    private void whileIdle(Runnable action) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            int cell = core.gate().tryEnter();
            if (cell >= 0) {
                try {
                    action.run();
                } finally {
                    core.gate().leave(cell);
                }
            }
        } finally {
            busy.set(false);
        }
    }
}
