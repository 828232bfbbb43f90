package org.understudy.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import org.understudy.Standing;

/**
 * One or more records with consecutive LSNs, as the bytes that are stored, sent and stored again without being encoded
 * anew (protocol.md §3). Immutable; whoever hands bytes in gives them away.
 */
public final class RecordBatch implements Iterable<LogRecord> {
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final long firstLsn;
    private final Standing last;
    private final boolean control;
    private final boolean forced;

    RecordBatch(byte[] bytes, int offset, int length, long firstLsn, Standing last, boolean control, boolean forced) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.firstLsn = firstLsn;
        this.last = last;
        this.control = control;
        this.forced = forced;
    }

    /**
     * Reads and checks the frames that fill {@code bytes[offset, offset + length)} exactly.
     *
     * @throws MalformedRecordException when they don't, when there are none, or when a checksum or the order is wrong
     */
    public static RecordBatch parse(byte[] bytes, int offset, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        CRC32C crc = new CRC32C();
        int end = offset + length;
        int at = offset;
        long firstLsn = 0;
        long lsn = 0;
        long generation = 0;
        boolean control = false;
        boolean forced = false;
        while (at < end) {
            int size = checkedSize(buffer, crc, at, end);
            long nextLsn = buffer.getLong(at + RecordFrame.LSN_OFFSET);
            long nextGeneration = buffer.getLong(at + RecordFrame.GENERATION_OFFSET);
            if (nextLsn < 1) {
                throw new MalformedRecordException("a record of LSN " + nextLsn + "; the first is 1");
            }
            if (firstLsn == 0) {
                firstLsn = nextLsn;
            } else if (nextLsn != lsn + 1 || nextGeneration < generation) {
                throw new MalformedRecordException("record " + nextGeneration + "/" + nextLsn + " follows " + generation
                        + "/" + lsn + "; LSNs are consecutive and generations never fall");
            }
            lsn = nextLsn;
            generation = nextGeneration;
            RecordKind kind = RecordKind.of(bytes[at + RecordFrame.KIND_OFFSET]);
            control |= kind.isControl();
            forced |= kind.isForced();
            at += size;
        }
        if (firstLsn == 0) {
            throw new MalformedRecordException("a batch without a record");
        }
        return new RecordBatch(bytes, offset, length, firstLsn, new Standing(generation, lsn), control, forced);
    }

    /**
     * One batch of several that follow each other, for one write instead of many.
     *
     * @throws MalformedRecordException when one does not begin where the one before it ends
     */
    public static RecordBatch join(List<RecordBatch> batches) {
        RecordBatch last = batches.get(batches.size() - 1);
        if (batches.size() == 1) {
            return last;
        }
        int total = 0;
        for (RecordBatch batch : batches) {
            total += batch.length;
        }
        byte[] joined = new byte[total];
        long next = batches.get(0).firstLsn;
        int at = 0;
        boolean control = false;
        boolean forced = false;
        for (RecordBatch batch : batches) {
            if (batch.firstLsn != next) {
                throw new MalformedRecordException(batch + " can't be joined where LSN " + next + " is next");
            }
            System.arraycopy(batch.bytes, batch.offset, joined, at, batch.length);
            at += batch.length;
            next = batch.lastLsn() + 1;
            control |= batch.control;
            forced |= batch.forced;
        }
        return new RecordBatch(joined, 0, total, batches.get(0).firstLsn, last.last, control, forced);
    }

    private static int checkedSize(ByteBuffer buffer, CRC32C crc, int at, int end) {
        if (end - at < RecordFrame.HEADER_BYTES) {
            throw new MalformedRecordException(
                    (end - at) + " bytes left where a record's header has " + RecordFrame.HEADER_BYTES);
        }
        int payload = RecordFrame.payloadLength(buffer, at);
        if (payload < 0 || payload > end - at - RecordFrame.HEADER_BYTES) {
            throw new MalformedRecordException("a record of " + payload + " bytes where " + (end - at) + " are left");
        }
        int size = RecordFrame.size(payload);
        if (RecordFrame.checksum(crc, buffer.array(), at, size) != buffer.getInt(at)) {
            throw new MalformedRecordException(
                    "wrong checksum at record LSN " + buffer.getLong(at + RecordFrame.LSN_OFFSET));
        }
        return size;
    }

    /** The frames' bytes, read-only. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
    }

    /** The array that holds the frames; not to be written to. */
    public byte[] array() {
        return bytes;
    }

    /** Where in {@link #array()} the first frame begins. */
    public int arrayOffset() {
        return offset;
    }

    /** The frames' total size in bytes. */
    public int length() {
        return length;
    }

    /** The first record's LSN. */
    public long firstLsn() {
        return firstLsn;
    }

    /** The last record's LSN. */
    public long lastLsn() {
        return last.lsn();
    }

    /** The last record's generation and LSN. */
    public Standing last() {
        return last;
    }

    /** How many records there are. */
    public int count() {
        return (int) (last.lsn() - firstLsn + 1);
    }

    /** Whether a record is among them that the protocol reads. */
    public boolean hasControlRecords() {
        return control;
    }

    /** Whether a record is among them that is forced whatever the group asks for. */
    public boolean mustBeForced() {
        return forced;
    }

    /** The membership and generation records among them, in order. */
    public List<LogRecord> controlRecords() {
        if (!control) {
            return List.of();
        }
        List<LogRecord> found = new ArrayList<>();
        for (LogRecord record : this) {
            if (record.kind().isControl()) {
                found.add(record);
            }
        }
        return found;
    }

    /** The records from {@code lsn} on; {@code firstLsn() <= lsn <= lastLsn()}. */
    public RecordBatch from(long lsn) {
        if (lsn == firstLsn) {
            return this;
        }
        int at = offset;
        for (LogRecord record : this) {
            if (record.lsn() == lsn) {
                return new RecordBatch(bytes, at, length - (at - offset), lsn, last, control, forced);
            }
            at += record.frameBytes();
        }
        throw new NoSuchElementException("LSN " + lsn + " in " + this);
    }

    @Override
    public Iterator<LogRecord> iterator() {
        return new Iterator<>() {
            private int at = offset;

            @Override
            public boolean hasNext() {
                return at < offset + length;
            }

            @Override
            public LogRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int payload = RecordFrame.payloadLength(ByteBuffer.wrap(bytes), at);
                LogRecord record = new LogRecord(bytes, at, RecordFrame.size(payload));
                at += record.frameBytes();
                return record;
            }
        };
    }

    @Override
    public String toString() {
        return "records " + firstLsn + ".." + last;
    }
}
