package org.understudy.process;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * How the values of one type are written as bytes.
 *
 * @param description all that decides on the bytes, so that two ends with equal descriptions understand each other
 */
record Form(String description, BiConsumer<ValueWriter, Object> write, Function<ValueReader, Object> read) {

    void write(ValueWriter out, Object value) {
        write.accept(out, value);
    }

    Object read(ValueReader in) {
        return read.apply(in);
    }
}
