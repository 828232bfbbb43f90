package org.understudy.net;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * One type of frame.
 *
 * @param code its number on the wire, never used again for another
 * @param type what it stands for
 * @param fieldBytes how many bytes its fields have when a tail follows them; {@link #NO_TAIL} for a type without one
 * @param write writes the fields
 * @param tail finds the tail
 * @param read makes the value of fields and tail
 */
record FrameFormat<T>(
        int code,
        Class<T> type,
        int fieldBytes,
        BiConsumer<ValueWriter, T> write,
        Function<T, FrameTail> tail,
        BiFunction<ValueReader, FrameTail, T> read) {
    private static final int NO_TAIL = -1;

    /** A type of frame that has fields only. */
    static <T> FrameFormat<T> of(
            int code, Class<T> type, BiConsumer<ValueWriter, T> write, Function<ValueReader, T> read) {
        return new FrameFormat<>(
                code, type, NO_TAIL, write, value -> FrameTail.NONE, (fields, none) -> read.apply(fields));
    }

    boolean hasTail() {
        return fieldBytes != NO_TAIL;
    }
}
