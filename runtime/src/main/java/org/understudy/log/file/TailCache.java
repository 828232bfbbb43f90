package org.understudy.log.file;

import java.util.ArrayList;
import java.util.List;
import org.understudy.log.RecordBatch;

/** The newest batches of a log, kept in memory: a ring in the order of their LSNs. */
final class TailCache {
    private static final int BATCH_OVERHEAD_BYTES = 128;

    private final long limitBytes;
    private RecordBatch[] ring = new RecordBatch[64];
    private int head;
    private int size;
    private long bytes;

    TailCache(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes the batch behind the last one; the oldest go when there is no room. */
    synchronized void add(RecordBatch batch) {
        if (size == ring.length) {
            grow();
        }
        ring[index(size)] = batch;
        size++;
        bytes += cost(batch);
        while (bytes > limitBytes && size > 0) {
            bytes -= cost(ring[head]);
            ring[head] = null;
            head = index(1);
            size--;
        }
    }

    /** The batches that hold the records from one LSN to another, as many as fit, at least one; none if the first is gone. */
    synchronized List<RecordBatch> find(long fromLsn, long toLsn, int maxBytes) {
        List<RecordBatch> found = new ArrayList<>();
        long total = 0;
        for (int i = floor(fromLsn); i >= 0 && i < size; i++) {
            RecordBatch batch = at(i);
            if (batch.firstLsn() > toLsn || (total > 0 && total + batch.length() > maxBytes)) {
                break;
            }
            found.add(batch);
            total += batch.length();
        }
        return found;
    }

    /** Forgets what reaches above an LSN; everything if that leaves a gap below the batch that comes next. */
    synchronized void cut(long lsn) {
        while (size > 0 && at(size - 1).lastLsn() > lsn) {
            removeLast();
        }
        boolean gap = size > 0 && at(size - 1).lastLsn() < lsn;
        while (gap && size > 0) {
            removeLast();
        }
    }

    private void removeLast() {
        size--;
        bytes -= cost(at(size));
        ring[index(size)] = null;
    }

    /** The last batch that begins at or below an LSN; -1 when all kept begin above. */
    private int floor(long lsn) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (at(middle).firstLsn() <= lsn) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private RecordBatch at(int i) {
        return ring[index(i)];
    }

    private int index(int i) {
        return (head + i) & (ring.length - 1);
    }

    private void grow() {
        RecordBatch[] larger = new RecordBatch[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        ring = larger;
        head = 0;
    }

    private static long cost(RecordBatch batch) {
        return batch.length() + BATCH_OVERHEAD_BYTES;
    }
}
