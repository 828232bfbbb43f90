package org.understudy.site.transfer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.understudy.protocol.Message.CheckpointFile;

/**
 * Which pieces of a checkpoint are in its files, noted one behind the other with their checksums. Nothing of it is forced: a
 * piece counts after a crash if its bytes have that checksum.
 */
final class PieceJournal {
    private static final int ENTRY_BYTES = 20;

    private final Path file;

    PieceJournal(Path file) {
        this.file = file;
    }

    void note(IncomingCheckpoint.Piece piece, int checksum) {
        ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES)
                .putInt(piece.file())
                .putLong(piece.offset())
                .putInt(piece.bytes())
                .putInt(checksum);
        try {
            Files.write(file, entry.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("File " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    /** The pieces that are whole in the files of a folder. */
    List<IncomingCheckpoint.Piece> whole(Path folder, List<CheckpointFile> files) {
        List<IncomingCheckpoint.Piece> found = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return found;
        }
        try {
            ByteBuffer entries = ByteBuffer.wrap(Files.readAllBytes(file));
            while (entries.remaining() >= ENTRY_BYTES) {
                IncomingCheckpoint.Piece piece =
                        new IncomingCheckpoint.Piece(entries.getInt(), entries.getLong(), entries.getInt());
                int checksum = entries.getInt();
                if (lies(piece, files)
                        && isWhole(folder.resolve(files.get(piece.file()).name()), piece, checksum)) {
                    found.add(piece);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("What was fetched into " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    private static boolean lies(IncomingCheckpoint.Piece piece, List<CheckpointFile> files) {
        return piece.file() >= 0
                && piece.file() < files.size()
                && piece.offset() >= 0
                && piece.bytes() >= 0
                && piece.bytes() <= TransferLimits.CHUNK_BYTES;
    }

    private static boolean isWhole(Path path, IncomingCheckpoint.Piece piece, int checksum) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) < piece.offset() + piece.bytes()) {
            return false;
        }
        byte[] bytes = new byte[piece.bytes()];
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            in.seek(piece.offset());
            in.readFully(bytes);
        }
        return CheckpointFiles.checksum(bytes) == checksum;
    }
}
