package org.understudy.cdi.codec;

import java.util.function.Function;
import org.understudy.Codec;
import org.understudy.Codecs;

/**
 * Values as the text that stands for them.
 *
 * @param parse makes a value of its text; throws {@link IllegalArgumentException} if there is no such value
 * @param format makes the text
 */
record TextCodec<T>(Function<String, T> parse, Function<T, String> format) implements Codec<T> {

    @Override
    public byte[] encode(T value) {
        return Codecs.STRING.encode(format.apply(value));
    }

    @Override
    public T decode(byte[] bytes) {
        return parse.apply(Codecs.STRING.decode(bytes));
    }
}
