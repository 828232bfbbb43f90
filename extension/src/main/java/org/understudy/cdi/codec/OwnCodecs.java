package org.understudy.cdi.codec;

import java.lang.reflect.Type;
import java.util.Optional;
import org.understudy.Codec;

/** The codecs that the application brings. */
@FunctionalInterface
public interface OwnCodecs {

    /**
     * The application's codec of a type, if it has one.
     *
     * @throws NoCodecException if it has several, and none of them comes first
     */
    Optional<Codec<?>> find(Type type);
}
