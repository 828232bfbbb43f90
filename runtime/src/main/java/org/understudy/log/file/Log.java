package org.understudy.log.file;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Standing;
import org.understudy.WriteFailedException;
import org.understudy.log.RecordBatch;

/**
 * The replicated log of a site, which is also its only write-ahead log: records in append-only segment files named by
 * their first LSN (protocol.md §2.1).
 *
 * <p>One thread at a time, the owner of the log's tail, appends, cuts, resets and closes. Any thread may read, force and
 * trim meanwhile. A failed write or force is final (protocol.md §2.4): from then on everything but reading throws
 * {@link WriteFailedException}, and no force is tried again, because the operating system may forget what it failed to
 * write.
 */
public final class Log implements AutoCloseable {
    private final LogOptions options;
    private final LogOpener opener;
    private final TailCache cache;
    /** Held for writing by whoever changes the chain of segments, for reading by whoever uses its files. */
    private final ReadWriteLock files = new ReentrantReadWriteLock();

    private final AtomicLong forcedLsn = new AtomicLong();
    private volatile SegmentChain chain;
    private volatile Standing last;
    private volatile WriteFailedException failure;
    private volatile boolean closed;
    private final WorkUnderWay work = new WorkUnderWay();

    private Log(LogDirectory directory, LogOptions options, Standing below) {
        this.options = options;
        this.cache = new TailCache(options.tailBytes());
        this.opener = new LogOpener(directory, options);
        this.chain = opener.open(below);
        this.last = opener.last();
        this.forcedLsn.set(last.lsn());
    }

    /**
     * Opens the log in a directory, and makes one where there is none. A write that the end of the machine tore is cut off
     * the end, as {@link #recovery()} tells; all that is left has been forced.
     *
     * @param below what a new log continues behind; {@link Standing#ZERO} for one from the beginning
     * @throws EnvironmentCorruptedException when a segment is missing or damaged, or a bad record stands before a good one
     * @throws UncheckedIOException when the files can't be read or written
     */
    public static Log open(LogDirectory directory, LogOptions options, Standing below) {
        return new Log(directory, options, below);
    }

    /** What the opening found. */
    public Recovery recovery() {
        return opener.recovery();
    }

    /** How far the log reaches: every record accepted for writing, forced or not. */
    public Standing last() {
        return last;
    }

    /** The first LSN the log holds, or will hold while it is empty. */
    public long startLsn() {
        return below().lsn() + 1;
    }

    /** The standing just below the first record. */
    public Standing below() {
        return chain.below();
    }

    /** The last LSN known to survive the end of the machine. */
    public long forcedLsn() {
        return forcedLsn.get();
    }

    /**
     * How many bytes of the segment that grows are still to be forced. Where commits don't force, somebody should before
     * these are many: a full segment has to be forced before the next one begins, and the append that fills it waits.
     */
    public long unforcedBytes() {
        return chain.tail().unforcedBytes();
    }

    /** For how long the oldest append or force has been under way; 0 if none is. Any thread. */
    public long oldestWorkNanos() {
        return work.oldestNanos();
    }

    /** The size of all segments in bytes. */
    public long bytes() {
        return chain.bytes();
    }

    /** How many segments there are. */
    public int segments() {
        return chain.count();
    }

    /**
     * The LSN from which on a trimmed log would have no more than so many bytes.
     *
     * @return the first LSN of a segment: of the last, if that alone has more
     */
    public long firstLsnWithin(long bytes) {
        return chain.firstLsnWithin(bytes);
    }

    /** The first LSN the log would hold after {@link #trim}, which gives up whole segments only. */
    public long firstLsnTrimmed(long keepFromLsn) {
        return chain.firstLsnTrimmed(keepFromLsn);
    }

    /**
     * Puts records behind the last one. When this returns they are in the operating system's hands and can be read; only a
     * later {@link #force()} makes them survive the end of the machine.
     *
     * @throws IllegalArgumentException when the batch does not continue the log; nothing is changed then
     * @throws WriteFailedException when the disk refuses; whether the batch will be found at the next start is not known
     */
    public void append(RecordBatch batch) {
        checkUsable();
        if (batch.firstLsn() != last.lsn() + 1 || batch.last().generation() < last.generation()) {
            throw new IllegalArgumentException(batch + " does not follow " + last);
        }
        int begun = work.begin();
        try {
            if (chain.tail().isFull(batch.length())) {
                roll();
            }
            chain.tail().append(batch);
        } catch (UncheckedIOException e) {
            throw failed("append " + batch, e);
        } finally {
            work.end(begun);
        }
        cache.add(batch);
        last = batch.last();
    }

    /**
     * Makes everything that was appended before this call survive the end of the machine.
     *
     * @return the LSN up to which everything does
     */
    public long force() {
        files.readLock().lock();
        int begun = work.begin();
        try {
            checkUsable();
            // In this order: a segment that was closed after the LSN was read has been forced.
            long lsn = last.lsn();
            if (forcedLsn.get() < lsn) {
                chain.tail().force();
                forcedLsn.accumulateAndGet(lsn, Math::max);
            }
            return forcedLsn.get();
        } catch (UncheckedIOException e) {
            throw failed("force LSN " + last.lsn(), e);
        } finally {
            work.end(begun);
            files.readLock().unlock();
        }
    }

    /**
     * Reads whole records in order, at least one, with their checksums verified; fewer than asked for at the end of a
     * segment or of what is kept in memory.
     *
     * @param fromLsn the first one wanted
     * @param toLsn the last one wanted; what lies behind the end of the log is left out
     * @param maxBytes what they may have together; a single record may have more
     * @throws NoSuchElementException when the log does not hold the first: not yet, or not any more
     * @throws EnvironmentCorruptedException when a record is not what was written
     * @throws UncheckedIOException when the disk can't read it
     */
    public RecordBatch read(long fromLsn, long toLsn, int maxBytes) {
        long to = Math.min(toLsn, last.lsn());
        if (to < fromLsn) {
            throw notHeld(fromLsn);
        }
        List<RecordBatch> recent = cache.find(fromLsn, to, maxBytes);
        if (!recent.isEmpty()) {
            return BatchRange.of(recent, fromLsn, to, maxBytes);
        }
        return withFiles(files.readLock(), () -> {
            if (fromLsn < startLsn() || fromLsn > last.lsn()) {
                throw notHeld(fromLsn);
            }
            return chain.read(fromLsn, to, maxBytes);
        });
    }

    /**
     * Takes back every record above an LSN (protocol.md §5, rollback); for good when this returns, and a crash on the way
     * leaves a log that ends somewhere between the two.
     *
     * @throws IllegalArgumentException when the log does not reach down to this LSN
     */
    public void cut(long lastLsnKept) {
        if (lastLsnKept < below().lsn()) {
            throw new IllegalArgumentException(
                    "can't cut behind LSN " + lastLsnKept + ": the log begins at " + startLsn());
        }
        if (lastLsnKept >= last.lsn()) {
            return;
        }
        changeFiles("cut behind LSN " + lastLsnKept, () -> {
            cache.cut(lastLsnKept);
            Standing kept = chain.standingAt(lastLsnKept);
            chain.cut(lastLsnKept);
            last = kept;
            forcedLsn.set(kept.lsn());
            return kept;
        });
    }

    /**
     * Gives up records from the beginning, in whole segments.
     *
     * @param keepFromLsn the first record that is still needed
     * @return the first LSN the log holds now
     */
    public long trim(long keepFromLsn) {
        return changeFiles("trim below LSN " + keepFromLsn, () -> {
            chain.trim(keepFromLsn);
            return startLsn();
        });
    }

    /**
     * Replaces the log by an empty one that continues behind this standing (protocol.md §5, initialise); for good when
     * this returns, and a crash on the way leaves either the old log or the new one.
     */
    public void reset(Standing below) {
        changeFiles("begin anew behind " + below, () -> {
            cache.cut(0);
            chain.close();
            chain = opener.reset(below);
            last = below;
            forcedLsn.set(below.lsn());
            return below;
        });
    }

    /** Forces what is not forced, unless the log has failed, and gives the files back; a second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (failure == null) {
                force();
            }
        } finally {
            withFiles(files.writeLock(), () -> {
                closed = true;
                chain.close();
                return null;
            });
        }
    }

    private void roll() {
        withFiles(files.writeLock(), () -> {
            chain.roll(last);
            return forcedLsn.accumulateAndGet(last.lsn(), Math::max);
        });
    }

    private <T> T changeFiles(String what, Supplier<T> change) {
        return withFiles(files.writeLock(), () -> {
            checkUsable();
            try {
                return change.get();
            } catch (UncheckedIOException e) {
                throw failed(what, e);
            }
        });
    }

    private <T> T withFiles(Lock lock, Supplier<T> use) {
        lock.lock();
        try {
            if (closed) {
                throw new EnvironmentClosedException(options.place(), "the log is closed; open the environment anew");
            }
            return use.get();
        } finally {
            lock.unlock();
        }
    }

    private void checkUsable() {
        if (closed) {
            throw new EnvironmentClosedException(options.place(), "the log is closed; open the environment anew");
        }
        WriteFailedException earlier = failure;
        if (earlier != null) {
            throw new WriteFailedException(
                    options.place(),
                    "the log takes nothing more since an earlier failure: " + earlier.getMessage(),
                    earlier);
        }
    }

    private WriteFailedException failed(String what, UncheckedIOException cause) {
        WriteFailedException failed = new WriteFailedException(
                options.place(),
                "the log could not " + what + ": " + cause.getMessage()
                        + ". Free space or repair the disk, then restart this site; what it had not forced may be gone",
                cause);
        failure = failed;
        return failed;
    }

    private NoSuchElementException notHeld(long lsn) {
        return new NoSuchElementException(
                "LSN " + lsn + " is not in the log, which holds " + startLsn() + " to " + last);
    }
}
