package org.understudy.site.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One file of a backup.
 *
 * @param name its path in the backup, with slashes
 * @param bytes its size
 * @param crc32c its checksum
 */
record BackupFile(String name, long bytes, int crc32c) {
    private static final int BUFFER_BYTES = 1 << 18;

    /** Copies a file to where it is to be named so; it lasts when this returns. */
    static BackupFile copy(Path from, Path folder, String name) throws IOException {
        Path to = folder.resolve(name);
        Files.createDirectories(to.getParent());
        CRC32C crc = new CRC32C();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
                bytes += count;
                ByteBuffer piece = ByteBuffer.wrap(buffer, 0, count);
                while (piece.hasRemaining()) {
                    out.write(piece);
                }
            }
            out.force(true);
        }
        return new BackupFile(name, bytes, (int) crc.getValue());
    }

    /** A file that is there already. */
    static BackupFile of(Path folder, String name) throws IOException {
        CRC32C crc = new CRC32C();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
                bytes += count;
            }
        }
        return new BackupFile(name, bytes, (int) crc.getValue());
    }
}
