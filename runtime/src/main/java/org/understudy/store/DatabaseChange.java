package org.understudy.store;

import java.nio.ByteBuffer;
import org.understudy.log.MalformedValueException;
import org.understudy.log.RecordKind;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** What a {@link RecordKind#DATABASE} record carries. (A truncation is one change of a transaction among others.) */
sealed interface DatabaseChange {

    /** A database begins, under a number never used before. */
    record Create(String name, int number) implements DatabaseChange {}

    /** A database ends; its data stays until the record is permanent. */
    record Remove(String name, int number) implements DatabaseChange {}

    /** A database gets another name and keeps its number. */
    record Rename(String from, String to) implements DatabaseChange {}

    /** The record's payload. */
    default byte[] encode() {
        ValueWriter out = new ValueWriter();
        if (this instanceof Create create) {
            out.putByte(1).putString(create.name).putInt(create.number);
        } else if (this instanceof Remove remove) {
            out.putByte(2).putString(remove.name).putInt(remove.number);
        } else if (this instanceof Rename rename) {
            out.putByte(3).putString(rename.from).putString(rename.to);
        }
        return out.toByteArray();
    }

    /** Reads a record's payload. */
    static DatabaseChange decode(ByteBuffer payload) {
        ValueReader in = new ValueReader(payload);
        byte kind = in.getByte();
        DatabaseChange change =
                switch (kind) {
                    case 1 -> new Create(in.getString(), in.getInt());
                    case 2 -> new Remove(in.getString(), in.getInt());
                    case 3 -> new Rename(in.getString(), in.getString());
                    default -> throw new MalformedValueException("unknown change of a database " + kind);
                };
        in.end();
        return change;
    }
}
