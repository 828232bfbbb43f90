package org.understudy.cdi.codec;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.understudy.Codec;

/**
 * Finds the codec of a type: the application's own before the standard ones, and JSON-B last, for values only. JSON has
 * no order that means anything, and equal objects need not have equal texts, so it serves for no key.
 */
public final class CodecCatalog {

    private final OwnCodecs own;
    private final Supplier<Optional<JsonCodecs>> json;
    private final Map<Type, Codec<?>> keys = new ConcurrentHashMap<>();
    private final Map<Type, Codec<?>> values = new ConcurrentHashMap<>();

    /**
     * A catalog of the application's codecs and the standard ones.
     *
     * @param json JSON-B, if it is there; asked for when a type needs it
     */
    public CodecCatalog(OwnCodecs own, Supplier<Optional<JsonCodecs>> json) {
        this.own = own;
        this.json = json;
    }

    /**
     * The codec for keys of a type, in their order.
     *
     * @throws NoCodecException if there is none
     */
    public Codec<?> forKeys(Type type) {
        return keys.computeIfAbsent(type, this::findForKeys);
    }

    /**
     * The codec for values of a type.
     *
     * @throws NoCodecException if there is none
     */
    public Codec<?> forValues(Type type) {
        return values.computeIfAbsent(type, this::findForValues);
    }

    /** Whether the application has a codec of its own for a type. */
    public boolean isOwn(Type type) {
        return own.find(type).isPresent();
    }

    private Codec<?> findForKeys(Type type) {
        return own.find(type)
                .or(() -> StandardCodecs.ordered(type))
                .orElseThrow(() -> new NoCodecException("keys of type " + name(type)
                        + " have no form that keeps their order; make the key of strings, numbers, UUIDs, bytes or enums,"
                        + advice(type)));
    }

    private Codec<?> findForValues(Type type) {
        return own.find(type)
                .or(() -> StandardCodecs.ordered(type))
                .or(() -> StandardCodecs.unordered(type))
                .or(() -> findJson(type).map(codecs -> codecs.of(type)))
                .orElseThrow(() -> new NoCodecException(noValue(type)));
    }

    private Optional<JsonCodecs> findJson(Type type) {
        return JsonCodecs.accepts(type) && JsonCodecs.reaches(type) ? json.get() : Optional.empty();
    }

    private static String noValue(Type type) {
        String what = "values of type " + name(type);
        if (!JsonCodecs.accepts(type)) {
            return what + " cannot be stored; name a class or a record," + advice(type);
        }
        if (!JsonCodecs.reaches(type)) {
            return what + " become JSON only if the type is public: make it so," + advice(type);
        }
        return what + " need JSON-B, which is not there: add an implementation of it," + advice(type);
    }

    private static String advice(Type type) {
        return " or make a bean of type Codec<" + name(type) + ">";
    }

    private static String name(Type type) {
        return TypeNames.simple(type);
    }
}
