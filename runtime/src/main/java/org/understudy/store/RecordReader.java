package org.understudy.store;

import org.understudy.log.RecordBatch;

/** Where the store reads log records from when it undoes them. */
@FunctionalInterface
public interface RecordReader {

    /**
     * The records from one LSN on.
     *
     * @param fromLsn the first wanted
     * @param toLsn the last wanted
     * @param maxBytes about how much is wanted at once
     * @return whole records that begin with {@code fromLsn}, at least one, none beyond {@code toLsn}
     */
    RecordBatch read(long fromLsn, long toLsn, int maxBytes);
}
