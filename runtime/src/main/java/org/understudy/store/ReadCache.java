package org.understudy.store;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest values of keys that were read or written lately: a hit costs a tenth of a call into RocksDB, and most of a
 * master's before-images are hits. Readers take no lock, and what they find is never older than the last write that
 * returned.
 *
 * <p>Each key belongs to one of many <em>versions</em>. A write makes the versions of its keys odd before it begins; from then
 * on nobody looks for them here. When it is done it replaces or removes them here, then makes the versions even again, and
 * larger. Whoever brings a value in from RocksDB may do so only if the version is still what it was before RocksDB was asked.
 */
final class ReadCache {
    private static final int VERSIONS = 4096;
    private static final int WAYS = 8; // the places a key may have in the index: side by side, in one cache line
    private static final int FIRST = 6; // behind the array's header, where a cache line begins
    private static final int TYPICAL_ENTRY_BYTES = 128;
    private static final double PLACES_PER_ENTRY = 1.75; // then one key in fifty finds all its places taken
    private static final int MOST_BUCKETS = 1 << 27;
    private static final int LOCATION_BITS = 48; // above them in a word of the index: the same bits of the key's hash
    private static final long LOCATION_MASK = (1L << LOCATION_BITS) - 1;

    private final AtomicLongArray versions = new AtomicLongArray(VERSIONS);
    private final AtomicLongArray index; // zero: free
    private final int buckets;
    private final EntryRing ring;
    private final ReentrantLock changing = new ReentrantLock();
    private long[] written = new long[64]; // the hashes of the keys being written; the writing thread's

    /** A cache that takes about so much, nine tenths of it outside the Java heap, as it fills. */
    ReadCache(long bytes) {
        double entries = bytes / (TYPICAL_ENTRY_BYTES + Long.BYTES * PLACES_PER_ENTRY);
        ring = new EntryRing((long) (entries * TYPICAL_ENTRY_BYTES));
        buckets = (int) Math.min(MOST_BUCKETS, Math.max(64, entries * PLACES_PER_ENTRY / WAYS));
        index = new AtomicLongArray(FIRST + buckets * WAYS);
    }

    /**
     * The newest value of a key, or null when it is not here, or is younger than asked for.
     *
     * @param hash {@link KeyHash}'s, of the family and the key
     * @param asOf a stamp of the past: the value was the same then
     */
    byte[] get(int family, byte[] key, long hash, long asOf) {
        int version = version(hash);
        long before = versions.getAcquire(version);
        if ((before & 1) != 0) {
            return null;
        }
        int bucket = bucket(hash);
        for (int way = bucket; way < bucket + WAYS; way++) {
            long word = index.getAcquire(way);
            if (mayBe(word, hash)) {
                byte[] value = ring.read(word & LOCATION_MASK, asOf, family, key);
                if (value != null) {
                    return versions.getAcquire(version) == before ? value : null; // else it may be half of it
                }
            }
        }
        return null;
    }

    /** What {@link #offer} is to be told: taken before RocksDB is asked. */
    long ticket(long hash) {
        return versions.get(version(hash));
    }

    /**
     * Brings in what RocksDB said, unless the key may have been written since, or another thread is changing this.
     *
     * @param since the stamp after the ticket was taken and before RocksDB was asked
     */
    void offer(int family, byte[] key, byte[] value, long hash, long ticket, long since) {
        if ((ticket & 1) == 0 && changing.tryLock()) {
            try {
                boolean here = find(family, key, 0, key.length, hash) >= 0;
                if (!here && versions.get(version(hash)) == ticket) {
                    long location = ring.append(since, family, key, 0, key.length, value, 0, value.length);
                    if (location != 0) {
                        index.setRelease(wayFor(hash), word(location, hash));
                    }
                }
            } finally {
                changing.unlock();
            }
        }
    }

    /** Before a batch is written; one thread at a time. */
    void beforeWrite(RocksBatch batch) {
        if (written.length < batch.count()) {
            written = new long[2 * batch.count()];
        }
        int count = 0;
        for (RocksBatch.Reader each = batch.read(); each.next(); ) {
            long hash = KeyHash.of(each.family(), each.bytes(), each.keyAt(), each.keyLength());
            versions.setRelease(version(hash), versions.getPlain(version(hash)) | 1);
            written[count++] = hash;
        }
        // Whoever finds in RocksDB what is written now finds these odd versions too: they were released before.
    }

    /**
     * After it was written, or could not be.
     *
     * @param since the stamp after the write
     */
    void afterWrite(RocksBatch batch, boolean success, long since) {
        changing.lock();
        try {
            int count = 0;
            for (RocksBatch.Reader each = batch.read(); each.next(); ) {
                replace(each, written[count++], success, since);
            }
            for (int i = 0; i < count; i++) {
                int version = version(written[i]);
                versions.setRelease(version, (versions.getPlain(version) | 1) + 1);
            }
        } finally {
            changing.unlock();
        }
    }

    /** What is written is likely to be read, or written again, soon: it comes in even if the key was not here. */
    private void replace(RocksBatch.Reader each, long hash, boolean success, long since) {
        int way = find(each.family(), each.bytes(), each.keyAt(), each.keyLength(), hash);
        if (success && each.isPut()) {
            if (way >= 0
                    && ring.replace(
                            index.getPlain(way) & LOCATION_MASK,
                            since,
                            each.bytes(),
                            each.valueAt(),
                            each.valueLength())) {
                return;
            }
            long location = ring.append(
                    since,
                    each.family(),
                    each.bytes(),
                    each.keyAt(),
                    each.keyLength(),
                    each.bytes(),
                    each.valueAt(),
                    each.valueLength());
            if (location != 0) {
                index.setRelease(way < 0 ? wayFor(hash) : way, word(location, hash));
                return;
            }
        }
        if (way >= 0) {
            index.setRelease(way, 0);
        }
    }

    /** The one place of a key in the index, or a negative number. */
    private int find(int family, byte[] bytes, int keyAt, int keyLength, long hash) {
        int bucket = bucket(hash);
        for (int way = bucket; way < bucket + WAYS; way++) {
            long word = index.getPlain(way);
            if (mayBe(word, hash) && ring.holds(word & LOCATION_MASK, family, bytes, keyAt, keyLength)) {
                return way;
            }
        }
        return -1;
    }

    /** The place in the index for a key that is not in it: a free one, or the one with the older entry. */
    private int wayFor(long hash) {
        int bucket = bucket(hash);
        int oldest = bucket;
        for (int way = bucket + 1; way < bucket + WAYS; way++) {
            if ((index.getPlain(way) & LOCATION_MASK) < (index.getPlain(oldest) & LOCATION_MASK)) {
                oldest = way;
            }
        }
        return oldest;
    }

    /** The first of a key's places in the index. */
    private int bucket(long hash) {
        return FIRST + (int) ((hash >>> 16 & 0xffff_ffffL) * buckets >>> 32) * WAYS;
    }

    private static int version(long hash) {
        return (int) hash & VERSIONS - 1;
    }

    private static boolean mayBe(long word, long hash) {
        return word != 0 && (word ^ hash) >>> LOCATION_BITS == 0;
    }

    private static long word(long location, long hash) {
        return hash & ~LOCATION_MASK | location;
    }
}
