package org.understudy.site.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MalformedValueException;
import org.understudy.log.MemberTable;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * What a checkpoint is and which files it has, in a small file beside it, so that it can be served or fetched on after a
 * restart (protocol.md §5).
 *
 * @param source the site that has it; empty for one made here
 * @param offer what that site offered
 */
record CheckpointManifest(Optional<Peer> source, Message.CheckpointOffer offer) {
    private static final int FORMAT = 1;

    /** Writes it in the place of whatever is there, forced. */
    void write(Path file) {
        byte[] content = encode();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(checksum(content))
                .put(content)
                .flip();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("File " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    /** Reads it; empty if there is none or it is not whole: then what lies beside it is of no use. */
    static Optional<CheckpointManifest> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            byte[] content = Arrays.copyOfRange(bytes, Math.min(Integer.BYTES, bytes.length), bytes.length);
            boolean whole =
                    bytes.length > Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == checksum(content);
            return whole ? Optional.of(decode(content)) : Optional.empty();
        } catch (MalformedValueException e) {
            return Optional.empty(); // of another release
        } catch (IOException e) {
            throw new UncheckedIOException("File " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private byte[] encode() {
        ValueWriter out = new ValueWriter()
                .putByte(FORMAT)
                .putString(source.map(Peer::name).orElse(""))
                .putUuid(source.map(Peer::incarnation).orElse(Ballot.NO_ID))
                .putUuid(offer.checkpoint())
                .putStanding(offer.standing())
                .putLong(offer.permanentLsn());
        offer.history().write(out);
        offer.members().write(out);
        return out.putAll(offer.files(), (writer, file) -> writer.putString(file.name())
                        .putLong(file.bytes())
                        .putInt(file.checksum()))
                .toByteArray();
    }

    private static CheckpointManifest decode(byte[] content) {
        ValueReader in = new ValueReader(content);
        byte format = in.getByte();
        if (format != FORMAT) {
            throw new MalformedValueException("a manifest of format " + format + "; this release reads " + FORMAT);
        }
        Peer peer = new Peer(in.getString(), in.getUuid());
        Message.CheckpointOffer offer = new Message.CheckpointOffer(
                0,
                in.getUuid(),
                in.getStanding(),
                in.getLong(),
                GenerationHistory.read(in),
                MemberTable.read(in),
                in.getAll(reader -> new Message.CheckpointFile(reader.getString(), reader.getLong(), reader.getInt())));
        in.end();
        return new CheckpointManifest(peer.name().isEmpty() ? Optional.empty() : Optional.of(peer), offer);
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
