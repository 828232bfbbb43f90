package org.understudy;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A codec for keys of two parts, ordered by the first and then by the second.
 *
 * <p>The first part is written with {@code 00 FF} for each of its zero bytes and ended by {@code 00 00}, so that no part is
 * taken for the beginning of a longer one; the second follows as it is.
 */
public final class PairCodec<A, B, T> implements Codec<T> {

    private final Codec<A> first;
    private final Codec<B> second;
    private final BiFunction<A, B, T> make;
    private final Function<T, A> getFirst;
    private final Function<T, B> getSecond;

    PairCodec(
            Codec<A> first,
            Codec<B> second,
            BiFunction<A, B, T> make,
            Function<T, A> getFirst,
            Function<T, B> getSecond) {
        this.first = first;
        this.second = second;
        this.make = make;
        this.getFirst = getFirst;
        this.getSecond = getSecond;
    }

    /** The keys whose first part is this one. */
    public KeyRange<T> startingWith(A part) {
        return KeyRange.encoded(ByteRange.prefix(KeyPart.escape(first.encode(part), KeyPart.NOTHING)));
    }

    /** The keys whose first part is this one, and whose second part, as bytes, begins with that one. */
    public KeyRange<T> startingWith(A part, B prefix) {
        return KeyRange.encoded(ByteRange.prefix(KeyPart.escape(first.encode(part), second.encode(prefix))));
    }

    @Override
    public byte[] encode(T value) {
        return KeyPart.escape(first.encode(getFirst.apply(value)), second.encode(getSecond.apply(value)));
    }

    @Override
    public T decode(byte[] bytes) {
        int end = KeyPart.end(bytes);
        return make.apply(first.decode(KeyPart.unescape(bytes, end)), second.decode(KeyPart.rest(bytes, end)));
    }
}
