package org.understudy.cdi.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.understudy.Codec;

/** The codecs that JSON-B makes. An interface, so that JSON-B may be absent. */
public interface JsonCodecs {

    /** The codec of a type that is {@linkplain #accepts accepted} and {@linkplain #reaches reached}. */
    Codec<?> of(Type type);

    /** Whether a type says what objects to make of a text: {@code Object}, a wildcard or a type variable does not. */
    static boolean accepts(Type type) {
        return type instanceof ParameterizedType
                || type instanceof GenericArrayType
                || type instanceof Class<?> named && named != Object.class && named != Void.class;
    }

    /** Whether JSON-B may look into a type: it uses what is public. */
    static boolean reaches(Type type) {
        return !(type instanceof Class<?> named)
                || (named.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }
}
