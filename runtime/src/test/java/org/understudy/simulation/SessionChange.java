package org.understudy.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.understudy.log.ForwardSession;

/** What a record changes of one session of forwarded writes. */
record SessionChange(UUID session, Optional<ForwardSession> after, Optional<ForwardSession> before) {

    private static byte[] encode(Optional<ForwardSession> session) {
        return session.map(ForwardSession::encode).orElse(new byte[0]);
    }

    private static Optional<ForwardSession> decode(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes.length == 0 ? Optional.empty() : Optional.of(ForwardSession.decode(bytes));
    }

    /** What makes all sessions of an image out of none. */
    static List<SessionChange> whole(DataImage image) {
        return image.sessions.entrySet().stream()
                .map(entry -> new SessionChange(entry.getKey(), Optional.of(entry.getValue()), Optional.empty()))
                .toList();
    }

    /** The bytes that {@link #write} takes. */
    int bytes() {
        return 2 * Long.BYTES + 2 * Integer.BYTES + encode(after).length + encode(before).length;
    }

    void write(ByteBuffer out) {
        out.putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits());
        byte[] next = encode(after);
        byte[] old = encode(before);
        out.putInt(next.length).put(next).putInt(old.length).put(old);
    }

    static List<SessionChange> readAll(ByteBuffer in) {
        List<SessionChange> all = new ArrayList<>();
        while (in.hasRemaining()) {
            UUID session = new UUID(in.getLong(), in.getLong());
            all.add(new SessionChange(session, decode(in), decode(in)));
        }
        return all;
    }

    /** What a session adds to {@link DataImage#valuesHash()}. */
    static long hash(UUID session, Optional<ForwardSession> state) {
        return state.map(present -> Dice.mix(session.hashCode() * 31L + present.hashCode()))
                .orElse(0L);
    }

    /** What this change adds to it. */
    long difference() {
        return hash(session, after) - hash(session, before);
    }
}
