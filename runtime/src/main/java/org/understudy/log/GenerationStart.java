package org.understudy.log;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What a {@link RecordKind#GENERATION} record carries, the first record of every mastership.
 *
 * @param siteId the master's site id
 * @param incarnation the master's incarnation
 * @param mastershipId random, made for this mastership alone
 */
public record GenerationStart(int siteId, UUID incarnation, UUID mastershipId) {

    /** The record's payload. */
    public byte[] encode() {
        return new ValueWriter()
                .putInt(siteId)
                .putUuid(incarnation)
                .putUuid(mastershipId)
                .toByteArray();
    }

    /** Reads a record's payload. */
    public static GenerationStart decode(ByteBuffer payload) {
        ValueReader in = new ValueReader(payload);
        GenerationStart start = new GenerationStart(in.getInt(), in.getUuid(), in.getUuid());
        in.end();
        return start;
    }
}
