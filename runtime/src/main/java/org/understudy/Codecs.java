package org.understudy;

import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Codecs for common types, all of which keep the order of their values, so that they serve for keys as for values. */
public final class Codecs {

    /** Text as UTF-8, in the order of its code points. A text's prefixes are prefixes of its bytes. */
    public static final Codec<String> STRING = new StringCodec();

    /** 8 bytes, in the order of the numbers, negative ones included. */
    public static final Codec<Long> LONG = new LongCodec();

    /** 4 bytes, in the order of the numbers, negative ones included. */
    public static final Codec<Integer> INTEGER = new IntegerCodec();

    /** 16 bytes, in the order of the text form (which is not that of {@link UUID#compareTo}). */
    public static final Codec<UUID> UUID = new UuidCodec();

    /** Bytes as they are, compared as unsigned. */
    public static final Codec<byte[]> BYTES = new BytesCodec();

    private Codecs() {}

    /**
     * A key of two parts, ordered by the first and then by the second.
     *
     * @param make makes the key of its parts
     */
    public static <A, B, T> PairCodec<A, B, T> composite(
            Codec<A> first,
            Codec<B> second,
            BiFunction<A, B, T> make,
            Function<T, A> getFirst,
            Function<T, B> getSecond) {
        return new PairCodec<>(first, second, make, getFirst, getSecond);
    }

    /** A key of two parts as an {@link Entry}, ordered by the first and then by the second. Nests to any depth. */
    public static <A, B> PairCodec<A, B, Entry<A, B>> composite(Codec<A> first, Codec<B> second) {
        return composite(first, second, Entry::new, Entry::key, Entry::value);
    }
}
