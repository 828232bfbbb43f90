package org.understudy.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.understudy.protocol.Message;

/** A checkpoint's files: the values of an image, split over a few, and behind the last ones the sessions of forwarded writes. */
final class CheckpointFiles {
    private static final int FILES = 3;
    private static final int KEYS_EACH = DataImage.KEYS / FILES;

    private CheckpointFiles() {}

    /** An image's values as files. */
    static List<byte[]> of(DataImage image) {
        List<byte[]> files = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            List<SessionChange> sessions = file == FILES - 1 ? SessionChange.whole(image) : List.of();
            int sessionBytes = sessions.stream().mapToInt(SessionChange::bytes).sum();
            ByteBuffer out = ByteBuffer.allocate(KEYS_EACH * Long.BYTES + sessionBytes);
            for (int key = file * KEYS_EACH; key < (file + 1) * KEYS_EACH; key++) {
                out.putLong(image.values[key]);
            }
            sessions.forEach(session -> session.write(out));
            files.add(out.array());
        }
        return files;
    }

    /** What an offer says of the files. */
    static List<Message.CheckpointFile> describe(List<byte[]> files) {
        List<Message.CheckpointFile> described = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            byte[] bytes = files.get(file);
            described.add(new Message.CheckpointFile("values-" + file, bytes.length, checksum(bytes)));
        }
        return described;
    }

    /** Puts the files' values into an image. */
    static void read(List<byte[]> files, DataImage image) {
        for (int file = 0; file < FILES; file++) {
            ByteBuffer in = ByteBuffer.wrap(files.get(file));
            for (int key = file * KEYS_EACH; key < (file + 1) * KEYS_EACH; key++) {
                image.values[key] = in.getLong();
            }
            SessionChange.readAll(in)
                    .forEach(session -> image.sessions.put(
                            session.session(), session.after().orElseThrow()));
        }
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }
}
