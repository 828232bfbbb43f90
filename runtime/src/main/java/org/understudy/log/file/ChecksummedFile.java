package org.understudy.log.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;

/** A small file that is only ever replaced as a whole, with a checksum before its content. */
final class ChecksummedFile {
    private final LogDirectory directory;
    private final Place place;
    private final String name;

    ChecksummedFile(LogDirectory directory, Place place, String name) {
        this.directory = directory;
        this.place = place;
        this.name = name;
    }

    Optional<byte[]> read() {
        return directory.content(name).map(this::checked);
    }

    void write(byte[] content) {
        byte[] bytes = new byte[Integer.BYTES + content.length];
        ByteBuffer.wrap(bytes).putInt(checksum(content)).put(content);
        directory.replace(name, bytes);
    }

    /** Deletes it; lasting when this returns. */
    void delete() {
        directory.delete(name);
        directory.force();
    }

    EnvironmentCorruptedException damaged(String what) {
        return new EnvironmentCorruptedException(
                place,
                "the file " + name + " is damaged: " + what
                        + ". Don't delete it, it keeps this site's word to the others: wipe the whole home and let the"
                        + " site join again with replace=true, or restore a backup");
    }

    private byte[] checked(byte[] bytes) {
        if (bytes.length < Integer.BYTES) {
            throw damaged("it has " + bytes.length + " bytes");
        }
        byte[] content = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
        if (ByteBuffer.wrap(bytes).getInt() != checksum(content)) {
            throw damaged("its checksum is wrong");
        }
        return content;
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
