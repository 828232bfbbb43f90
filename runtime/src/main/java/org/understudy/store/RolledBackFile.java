package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;
import org.understudy.log.ValueWriter;

/**
 * Keeps records that a rollback gives up, readable later, in a file of their own under {@code rolled-back/} (protocol.md §5):
 * the match point and the names of the databases, each with its length before it, then the records' frames.
 */
final class RolledBackFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private RolledBackFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Makes the file for what follows a match point; the same one anew when the rollback is done again after a crash. */
    static RolledBackFile create(Path home, Standing matchPoint, long lastLsn, DatabaseTable table) {
        Path folder = home.resolve("rolled-back");
        Path path = folder.resolve("after-" + matchPoint.generation() + "-" + matchPoint.lsn() + "-to-" + lastLsn);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            RolledBackFile file = new RolledBackFile(path, channel);
            file.write(ByteBuffer.wrap(new ValueWriter()
                    .putStanding(matchPoint)
                    .putBytes(table.encode())
                    .toByteArray()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Records about to be rolled back can't be kept in " + path, e);
        }
    }

    void append(RecordBatch records) {
        try {
            write(records.buffer());
        } catch (IOException e) {
            throw new UncheckedIOException("Records about to be rolled back can't be kept in " + path, e);
        }
    }

    /** Forces the file: from then on the records may go. */
    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Records about to be rolled back can't be kept in " + path, e);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
