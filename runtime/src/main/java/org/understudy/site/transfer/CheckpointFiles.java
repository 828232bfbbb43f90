package org.understudy.site.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.understudy.protocol.Message.CheckpointFile;

/** The files of a checkpoint on disk: listing, checking and deleting them. */
public final class CheckpointFiles {
    private static final int BUFFER_BYTES = 1 << 18;

    private CheckpointFiles() {}

    /** The files of a folder with their sizes and checksums. */
    static List<CheckpointFile> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<CheckpointFile> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                found.add(new CheckpointFile(file.getFileName().toString(), Files.size(file), checksum(file)));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint in " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    static int checksum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
            }
        }
        return (int) crc.getValue();
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    /** Deletes a folder with all that is in it, if it is there; what a former process left behind is of no use. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " can't be deleted: " + e.getMessage(), e);
        }
    }
}
