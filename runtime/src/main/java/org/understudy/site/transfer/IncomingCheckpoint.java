package org.understudy.site.transfer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.understudy.log.MalformedValueException;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** A checkpoint on its way here: which pieces are written, asked for, and still to be asked for. On the loop. */
final class IncomingCheckpoint {
    /** A piece of a file. */
    record Piece(int file, long offset, int bytes) {}

    private final Peer source;
    private final Message.CheckpointOffer offer;
    private final Path home;
    private final Path folder;
    private final PieceJournal journal;
    private final ArrayDeque<Piece> wanted = new ArrayDeque<>();
    private final Set<Piece> asked = new HashSet<>();
    private final long bytesTotal;
    private long bytesDone;

    /** It is kept under {@code home}: the files in a folder of their own, beside them what is needed to go on. */
    IncomingCheckpoint(Peer source, Message.CheckpointOffer offer, Path home) {
        this.source = source;
        this.offer = offer;
        this.home = home;
        this.folder = files(home);
        this.journal = new PieceJournal(home.resolve("pieces"));
        this.bytesTotal =
                offer.files().stream().mapToLong(Message.CheckpointFile::bytes).sum();
        for (int i = 0; i < offer.files().size(); i++) {
            addPieces(i, offer.files().get(i));
        }
    }

    /** Where under its home the files of a checkpoint are. */
    static Path files(Path home) {
        return home.resolve("files");
    }

    /** What a former process had begun to fetch, as far as it is whole. Off the loop. */
    static Optional<IncomingCheckpoint> recover(Path home) {
        return CheckpointManifest.read(home.resolve("manifest"))
                .filter(manifest -> manifest.source().isPresent())
                .map(manifest -> {
                    IncomingCheckpoint kept =
                            new IncomingCheckpoint(manifest.source().get(), manifest.offer(), home);
                    kept.journal.whole(kept.folder, manifest.offer().files()).forEach(kept::found);
                    return kept;
                });
    }

    private void found(Piece piece) {
        if (wanted.remove(piece)) {
            bytesDone += piece.bytes();
        }
    }

    private void addPieces(int index, Message.CheckpointFile file) {
        boolean plain = file.name().matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}") && file.bytes() >= 0;
        if (!plain) {
            throw new MalformedValueException(
                    "a checkpoint with a file named '" + file.name() + "' of " + file.bytes() + " bytes");
        }
        for (long offset = 0; offset < file.bytes(); offset += TransferLimits.CHUNK_BYTES) {
            int bytes = (int) Math.min(TransferLimits.CHUNK_BYTES, file.bytes() - offset);
            wanted.add(new Piece(index, offset, bytes));
        }
    }

    Peer source() {
        return source;
    }

    Message.CheckpointOffer offer() {
        return offer;
    }

    long bytesTotal() {
        return bytesTotal;
    }

    long bytesDone() {
        return bytesDone;
    }

    /** The next piece to ask for, if there is one and not too many are on their way. */
    Optional<Piece> ask() {
        if (wanted.isEmpty() || asked.size() >= TransferLimits.CHUNKS_AHEAD) {
            return Optional.empty();
        }
        Piece next = wanted.poll();
        asked.add(next);
        return Optional.of(next);
    }

    /** The piece that a message brings, if it is one that was asked for and is whole. */
    Optional<Piece> pieceOf(Message.Chunk chunk) {
        Piece piece = new Piece(chunk.file(), chunk.offset(), chunk.bytes().length);
        boolean mine = chunk.checkpoint().equals(offer.checkpoint()) && asked.contains(piece);
        return mine && CheckpointFiles.checksum(chunk.bytes()) == chunk.checksum()
                ? Optional.of(piece)
                : Optional.empty();
    }

    /** This piece is in its file. */
    void written(Piece piece) {
        if (asked.remove(piece)) {
            bytesDone += piece.bytes();
        }
    }

    /** What was asked for will not come: it is asked for again after a resumption. */
    void interrupted() {
        wanted.addAll(asked);
        asked.clear();
    }

    boolean isComplete() {
        return wanted.isEmpty() && asked.isEmpty();
    }

    /** Makes the empty files. Off the loop, as the following. */
    void prepare() {
        CheckpointFiles.delete(home);
        try {
            Files.createDirectories(folder);
            for (Message.CheckpointFile file : offer.files()) {
                Files.createFile(folder.resolve(file.name()));
            }
            new CheckpointManifest(Optional.of(source), offer).write(home.resolve("manifest"));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " can't be filled: " + e.getMessage(), e);
        }
    }

    void write(Piece piece, byte[] bytes) {
        Path path = folder.resolve(offer.files().get(piece.file()).name());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(piece.offset());
            file.write(bytes);
            journal.note(piece, CheckpointFiles.checksum(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("File " + path + " can't be written: " + e.getMessage(), e);
        }
    }

    /** Forces all files, and finds out whether they are what the source has. */
    void verify() {
        List<Message.CheckpointFile> files = offer.files();
        for (Message.CheckpointFile file : files) {
            Path path = folder.resolve(file.name());
            try (RandomAccessFile open = new RandomAccessFile(path.toFile(), "rw")) {
                open.getFD().sync();
                if (Files.size(path) != file.bytes() || CheckpointFiles.checksum(path) != file.checksum()) {
                    throw new IllegalStateException(
                            "File " + path + " is not what the source has; the checkpoint is fetched again");
                }
            } catch (IOException e) {
                throw new UncheckedIOException("File " + path + " can't be verified: " + e.getMessage(), e);
            }
        }
    }
}
