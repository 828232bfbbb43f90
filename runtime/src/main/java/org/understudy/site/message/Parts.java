package org.understudy.site.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.understudy.MessageTooLargeException;
import org.understudy.PartCodec;
import org.understudy.Place;

/** Turns what the application passes as parts into bytes that nobody else holds, and bounds them. */
final class Parts {
    private final Place place;
    private final PartCodec codec;
    private final long maxBytes;

    Parts(Place place, PartCodec codec, long maxBytes) {
        this.place = place;
        this.codec = codec;
        this.maxBytes = maxBytes;
    }

    /** The parts as bytes; {@code what} they are is for the message of the exception. */
    List<byte[]> encode(String what, Object... parts) {
        List<byte[]> encoded = new ArrayList<>(parts.length);
        for (Object part : parts) {
            encoded.add(encode(part));
        }
        long bytes = size(encoded);
        if (bytes > maxBytes) {
            throw new MessageTooLargeException(place, what, bytes, maxBytes);
        }
        return encoded;
    }

    PartCodec codec() {
        return codec;
    }

    /** What a message takes: its parts, and some bytes for each. */
    static long size(List<byte[]> parts) {
        long bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length + Integer.BYTES;
        }
        return bytes;
    }

    private byte[] encode(Object part) {
        Objects.requireNonNull(part, "a part of a message is null: send an empty one, or none");
        if (part instanceof byte[] bytes) {
            return bytes.clone();
        }
        return part instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : codec.encode(part);
    }
}
