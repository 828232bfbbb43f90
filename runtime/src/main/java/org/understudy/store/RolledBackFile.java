package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** Writes records that a rollback gives up to a file of their own: what they need to be read by, then their frames. */
final class RolledBackFile implements AutoCloseable {
    private static final int FORMAT = 1;

    /**
     * What stands before the records, with its length before it.
     *
     * @param group the group whose records they are
     * @param matchPoint the last record kept
     * @param appliedLsn the last record that the data held
     * @param table the databases there were then
     */
    record Header(UUID group, Standing matchPoint, long appliedLsn, DatabaseTable table) {

        byte[] encode() {
            return new ValueWriter()
                    .putByte(FORMAT)
                    .putUuid(group)
                    .putStanding(matchPoint)
                    .putLong(appliedLsn)
                    .putBytes(table.encode())
                    .toByteArray();
        }

        static Header decode(byte[] bytes) {
            ValueReader in = new ValueReader(bytes);
            byte format = in.getByte();
            if (format != FORMAT) {
                throw new IllegalStateException("format " + format + "; this release reads " + FORMAT);
            }
            return new Header(in.getUuid(), in.getStanding(), in.getLong(), DatabaseTable.decode(in.getBytes()));
        }
    }

    private final Path path;
    private final FileChannel channel;

    /** Makes the file, or makes it anew. */
    RolledBackFile(Path path, Header header) {
        this.path = path;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
        write(ByteBuffer.wrap(new ValueWriter().putBytes(header.encode()).toByteArray()));
    }

    void append(RecordBatch records) {
        write(records.buffer());
    }

    /** Forces the file: from then on the records may go. */
    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException why) {
        return new UncheckedIOException("Records about to be rolled back can't be kept in " + path, why);
    }
}
