package org.understudy.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.understudy.Standing;

/** Encodes records one after the other into one growing array; used by one thread, again after {@link #build()}. */
public final class RecordBatchBuilder {
    private static final int INITIAL_BYTES = 4096;

    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[INITIAL_BYTES];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int frameStart = -1;
    private long firstLsn;
    private Standing last;
    private boolean control;
    private boolean forced;

    /** Begins a record; its payload follows by {@link #payload(int)} and friends, and {@link #end()} closes it. */
    public void begin(long generation, long lsn, RecordKind kind) {
        if (frameStart >= 0 || (last != null && lsn != last.lsn() + 1)) {
            throw new IllegalStateException(
                    "record " + lsn + " after " + last + (frameStart >= 0 ? ", not ended" : ""));
        }
        ensure(RecordFrame.HEADER_BYTES);
        frameStart = buffer.position();
        buffer.putInt(0).putInt(0).putLong(generation).putLong(lsn).put(kind.code());
        if (last == null) {
            firstLsn = lsn;
        }
        last = new Standing(generation, lsn);
        control |= kind.isControl();
        forced |= kind.isForced();
    }

    /** The buffer to write payload into, with room for at least {@code atMost} more bytes. */
    public ByteBuffer payload(int atMost) {
        ensure(atMost);
        return buffer;
    }

    /** Closes the record: fills in length and checksum. */
    public void end() {
        int size = buffer.position() - frameStart;
        buffer.putInt(frameStart + RecordFrame.LENGTH_OFFSET, size - RecordFrame.HEADER_BYTES);
        buffer.putInt(frameStart, RecordFrame.checksum(crc, bytes, frameStart, size));
        frameStart = -1;
    }

    /** Adds a whole record. */
    public RecordBatchBuilder add(long generation, long lsn, RecordKind kind, byte[] payload) {
        begin(generation, lsn, kind);
        payload(payload.length).put(payload);
        end();
        return this;
    }

    /** Bytes encoded so far. */
    public int length() {
        return buffer.position();
    }

    /** The batch; the builder is empty afterwards and keeps nothing of it. */
    public RecordBatch build() {
        if (last == null || frameStart >= 0) {
            throw new IllegalStateException("no whole record to build a batch of");
        }
        RecordBatch batch = new RecordBatch(
                Arrays.copyOf(bytes, buffer.position()), 0, buffer.position(), firstLsn, last, control, forced);
        buffer.clear();
        last = null;
        control = false;
        forced = false;
        return batch;
    }

    private void ensure(int more) {
        if (buffer.remaining() < more) {
            int position = buffer.position();
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
            buffer = ByteBuffer.wrap(bytes);
            buffer.position(position);
        }
    }
}
