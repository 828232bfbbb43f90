package org.understudy.cdi;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.understudy.Codec;
import org.understudy.PartCodec;
import org.understudy.cdi.codec.CodecCatalog;
import org.understudy.cdi.codec.NoCodecException;

/** Writes the parts of messages as the values of a database are written: the application's codecs first, JSON-B last. */
final class MessageParts implements PartCodec {

    private final CodecCatalog codecs;

    MessageParts(CodecCatalog codecs) {
        this.codecs = codecs;
    }

    @Override
    public byte[] encode(Object part) {
        return encode(codec(typeOf(part)), part);
    }

    @SuppressWarnings("unchecked") // it is the codec of the part's type
    private static <T> byte[] encode(Codec<T> codec, Object part) {
        return codec.encode((T) part);
    }

    @Override
    public Object decode(byte[] bytes, Type type) {
        return codec(type).decode(bytes);
    }

    private Codec<?> codec(Type type) {
        try {
            return codecs.forValues(type);
        } catch (NoCodecException e) {
            throw new IllegalArgumentException("A part of a message: " + e.getMessage(), e);
        }
    }

    /** Collections and maps are of classes that nobody knows by name. */
    private static Type typeOf(Object part) {
        return Stream.<Class<?>>of(List.class, Set.class, Collection.class, Map.class)
                .filter(type -> type.isInstance(part))
                .findFirst()
                .orElse(part.getClass());
    }
}
