package org.understudy;

import java.lang.reflect.Type;

/** A message that has come, or an answer: a list of parts, from none to many. Immutable; may be kept. */
public interface Message {

    /** Under which topic it was sent, an answer under its request's; empty for none. */
    String topic();

    /** The name of the site it comes from; in an environment without a local site, the environment's. */
    String sender();

    /** How many parts it has. */
    int size();

    /**
     * A copy of a part.
     *
     * @param index from 0 on
     * @throws IndexOutOfBoundsException if there is no such part
     */
    byte[] bytes(int index);

    /** A part as text in UTF-8. */
    String text(int index);

    /**
     * A part as the environment's {@link PartCodec} reads it; {@code byte[]} and {@code String} need none.
     *
     * @throws IllegalArgumentException if the codec can't make this type of it
     */
    Object as(int index, Type type);

    /** {@link #as(int, Type)} for a plain class. */
    default <T> T as(int index, Class<T> type) {
        return type.cast(as(index, (Type) type));
    }

    /** The first part. */
    default byte[] bytes() {
        return bytes(0);
    }

    /** The first part as text. */
    default String text() {
        return text(0);
    }
}
