package org.understudy.cdi.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Types as people write them, without their packages. */
public final class TypeNames {

    private TypeNames() {}

    /** A type as it stands in the source. */
    public static String simple(Type type) {
        if (type instanceof Class<?> named) {
            return named.getSimpleName();
        }
        if (type instanceof ParameterizedType parameterized) {
            return simple(parameterized.getRawType())
                    + Arrays.stream(parameterized.getActualTypeArguments())
                            .map(TypeNames::simple)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        return type.getTypeName();
    }
}
