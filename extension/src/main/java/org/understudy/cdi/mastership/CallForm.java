package org.understudy.cdi.mastership;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.understudy.Codec;
import org.understudy.Message;
import org.understudy.cdi.codec.CodecCatalog;

/** Calls and results as parts of messages: each value in the form that its declared type has in a database. */
final class CallForm {

    private static final char VALUE = 'v';
    private static final char NULL = '-';

    private static final Map<Type, Type> BOXES = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            char.class, Character.class);

    private final CodecCatalog codecs;

    CallForm(CodecCatalog codecs) {
        this.codecs = codecs;
    }

    static Type boxed(Type type) {
        return BOXES.getOrDefault(type, type);
    }

    /** The parts of a call: which parameters have a value, and the values. */
    Object[] call(Method method, Object[] arguments) {
        Type[] types = method.getGenericParameterTypes();
        StringBuilder which = new StringBuilder();
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            which.append(arguments[i] == null ? NULL : VALUE);
            if (arguments[i] != null) {
                parts.add(encode(types[i], arguments[i]));
            }
        }
        parts.add(0, which.toString());
        return parts.toArray();
    }

    /**
     * The arguments of a call.
     *
     * @throws IllegalArgumentException if they are not those of this method
     */
    Object[] arguments(Method method, Message call) {
        Type[] types = method.getGenericParameterTypes();
        String which = call.text(0);
        if (which.length() != types.length
                || which.chars().filter(c -> c == VALUE).count() != call.size() - 1) {
            throw new IllegalArgumentException(
                    "the call has " + which.length() + " parameters, and the method has " + types.length);
        }
        Object[] arguments = new Object[types.length];
        int part = 1;
        for (int i = 0; i < types.length; i++) {
            if (which.charAt(i) == VALUE) {
                arguments[i] = decode(types[i], call.bytes(part++));
            }
        }
        return arguments;
    }

    @SuppressWarnings("unchecked") // the codec is that of the declared type
    byte[] encode(Type type, Object value) {
        return ((Codec<Object>) codecs.forValues(boxed(type))).encode(value);
    }

    Object decode(Type type, byte[] bytes) {
        return codecs.forValues(boxed(type)).decode(bytes);
    }
}
