package org.understudy;

import java.lang.reflect.Type;

/**
 * Turns the parts of messages that are neither {@code byte[]} nor {@code String} into bytes and back. Thread-safe. Both
 * methods throw {@link IllegalArgumentException}, saying what they don't know.
 */
public interface PartCodec {

    /** Knows nothing but bytes and text. */
    PartCodec PLAIN = new PartCodec() {
        @Override
        public byte[] encode(Object part) {
            throw new IllegalArgumentException("A part of a message is a byte[] or a String here, not a "
                    + part.getClass().getName() + ": turn it into one, or give the environment a PartCodec");
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            throw new IllegalArgumentException("A part of a message is read as byte[] or String here, not as "
                    + type.getTypeName() + ": read it as one, or give the environment a PartCodec");
        }
    };

    /** The bytes of a part. */
    byte[] encode(Object part);

    /** The object of that type that these bytes are. */
    Object decode(byte[] bytes, Type type);
}
