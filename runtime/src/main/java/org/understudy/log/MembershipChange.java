package org.understudy.log;

import java.nio.ByteBuffer;

/**
 * What a {@link RecordKind#MEMBERSHIP} record carries: the table before, to undo it with, and the table after.
 *
 * @param before the table that was in force; {@link MemberTable#NONE} in a group's first record
 * @param after the table in force from this record on
 */
public record MembershipChange(MemberTable before, MemberTable after) {

    /** The record's payload. */
    public byte[] encode() {
        ValueWriter out = new ValueWriter();
        before.write(out);
        after.write(out);
        return out.toByteArray();
    }

    /** Reads a record's payload. */
    public static MembershipChange decode(ByteBuffer payload) {
        ValueReader in = new ValueReader(payload);
        MembershipChange change = new MembershipChange(MemberTable.read(in), MemberTable.read(in));
        in.end();
        return change;
    }
}
