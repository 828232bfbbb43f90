package org.understudy.cdi.codec;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.understudy.Codec;
import org.understudy.Codecs;

/**
 * Enum constants as their names: the numbers of constants change whenever one is put between others.
 *
 * @param type the enum's name, for people
 * @param constants the constants by name
 */
record EnumCodec(String type, Map<String, Enum<?>> constants) implements Codec<Enum<?>> {

    static EnumCodec of(Class<?> type) {
        return new EnumCodec(
                type.getSimpleName(),
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> (Enum<?>) constant)
                        .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity())));
    }

    @Override
    public byte[] encode(Enum<?> value) {
        return Codecs.STRING.encode(value.name());
    }

    @Override
    public Enum<?> decode(byte[] bytes) {
        String name = Codecs.STRING.decode(bytes);
        Enum<?> constant = constants.get(name);
        if (constant == null) {
            throw new IllegalArgumentException("\"" + name + "\" is no constant of " + type
                    + ": it has been renamed or removed since it was written, or another codec wrote it");
        }
        return constant;
    }
}
