package org.understudy.store;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import org.understudy.ByteRange;
import org.understudy.Direction;

/**
 * Walks through a range of keys as one transaction sees them: its snapshot, and its own writes over it. It stands before the
 * first entry when it is opened, is used by the transaction's thread, and is closed with the transaction.
 */
public final class StoreCursor implements AutoCloseable {
    private final StoreTransaction transaction;
    private final SnapshotIterator base;
    private final NavigableMap<byte[], byte[]> own; // in this cursor's direction
    private final ByteRange range;
    private final boolean forwards;
    private boolean positioned;
    private boolean onBase; // the entry it stands on is the snapshot's, so the iterator still stands there too
    private boolean onEntry;
    private boolean closed;
    private byte[] key;
    private byte[] value;

    StoreCursor(
            StoreTransaction transaction,
            SnapshotIterator base,
            NavigableMap<byte[], byte[]> own,
            ByteRange range,
            Direction direction) {
        this.transaction = transaction;
        this.base = base;
        this.forwards = direction == Direction.FORWARDS;
        this.own = forwards ? own : own.descendingMap();
        this.range = range;
    }

    /**
     * Goes to the next entry of its direction.
     *
     * @return whether there is one
     */
    public boolean next() {
        int cell = enter();
        try {
            if (!positioned) {
                base.first();
                positioned = true;
                return settle(firstOwn());
            }
            if (key == null) {
                return false;
            }
            if (onBase) {
                base.next();
            }
            return settle(own.isEmpty() ? null : own.higherEntry(key));
        } finally {
            transaction.leave(cell);
        }
    }

    /**
     * Goes to a key, or to the entry that comes next after it in its direction, within its range.
     *
     * @return whether there is one
     */
    public boolean seek(byte[] target) {
        if (isBefore(target)) {
            positioned = false;
            return next();
        }
        int cell = enter();
        try {
            base.seek(target);
            positioned = true;
            return settle(own.isEmpty() ? null : own.ceilingEntry(target));
        } finally {
            transaction.leave(cell);
        }
    }

    /** The key of the entry it stands on. */
    public byte[] key() {
        checkOnEntry();
        return key;
    }

    /** The value of the entry it stands on. */
    public byte[] value() {
        checkOnEntry();
        return value;
    }

    /** Lets its iterator go. Does nothing the second time, or once its transaction has ended. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            transaction.release(base);
        }
    }

    private int enter() {
        if (closed) {
            throw new IllegalStateException("The cursor is closed; open another one");
        }
        onEntry = false;
        return transaction.enter();
    }

    /** Takes whichever comes first, the snapshot's entry or the own one, which hides the snapshot's of the same key. */
    private boolean settle(Map.Entry<byte[], byte[]> ownCandidate) {
        Map.Entry<byte[], byte[]> next = ownCandidate;
        while (true) {
            byte[] baseKey = base.key();
            if (next == null || !range.contains(next.getKey())) {
                return baseKey == null ? stop() : standOnBase(baseKey);
            }
            int order = baseKey == null ? -1 : compare(next.getKey(), baseKey);
            if (order > 0) {
                return standOnBase(baseKey);
            }
            if (order == 0) {
                base.next();
            }
            key = next.getKey();
            onBase = false;
            if (next.getValue() != DatabaseWrites.DELETED) {
                value = next.getValue();
                onEntry = true;
                return true;
            }
            next = own.higherEntry(key);
        }
    }

    private boolean standOnBase(byte[] baseKey) {
        key = baseKey;
        value = base.value();
        onBase = true;
        onEntry = true;
        return true;
    }

    private boolean stop() {
        key = null;
        value = null;
        onBase = false;
        return false;
    }

    private Map.Entry<byte[], byte[]> firstOwn() {
        if (own.isEmpty()) {
            return null;
        }
        if (forwards) {
            return range.from().map(own::ceilingEntry).orElseGet(own::firstEntry);
        }
        return range.to().map(own::higherEntry).orElseGet(own::firstEntry);
    }

    /** Whether a key lies before the range, in this cursor's direction. */
    private boolean isBefore(byte[] target) {
        return forwards
                ? range.from()
                        .filter(from -> Arrays.compareUnsigned(target, from) < 0)
                        .isPresent()
                : range.to()
                        .filter(to -> Arrays.compareUnsigned(target, to) >= 0)
                        .isPresent();
    }

    private int compare(byte[] one, byte[] other) {
        int order = Arrays.compareUnsigned(one, other);
        return forwards ? order : -order;
    }

    private void checkOnEntry() {
        if (!onEntry) {
            throw new IllegalStateException(
                    "The cursor stands on no entry; move it first, and mind whether it found one");
        }
    }
}
