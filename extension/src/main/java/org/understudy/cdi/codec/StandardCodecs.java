package org.understudy.cdi.codec;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.understudy.Codec;
import org.understudy.Codecs;

/** The codecs of the types that need nobody's help. */
final class StandardCodecs {

    private static final Map<Type, Codec<?>> ORDERED = Map.of(
            String.class, Codecs.STRING,
            Byte.class, new ByteCodec(),
            Short.class, new ShortCodec(),
            Integer.class, Codecs.INTEGER,
            Long.class, Codecs.LONG,
            Float.class, new FloatCodec(),
            Double.class, new DoubleCodec(),
            UUID.class, Codecs.UUID,
            byte[].class, Codecs.BYTES);

    private static final Map<Type, Codec<?>> UNORDERED = Map.of(
            Boolean.class, new TextCodec<>(StandardCodecs::bool, Object::toString),
            Character.class, new TextCodec<>(StandardCodecs::character, Object::toString),
            BigInteger.class, new TextCodec<>(BigInteger::new, BigInteger::toString),
            BigDecimal.class, new TextCodec<>(BigDecimal::new, BigDecimal::toString));

    private StandardCodecs() {}

    /** The codec of a type whose values it keeps in order. Enums are in the order of their names. */
    static Optional<Codec<?>> ordered(Type type) {
        if (type instanceof Class<?> named && named.isEnum()) {
            return Optional.of(EnumCodec.of(named));
        }
        return Optional.ofNullable(ORDERED.get(type));
    }

    /** The codec of a type that serves for values only. */
    static Optional<Codec<?>> unordered(Type type) {
        return Optional.ofNullable(UNORDERED.get(type));
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not one character");
        }
        return text.charAt(0);
    }
}
