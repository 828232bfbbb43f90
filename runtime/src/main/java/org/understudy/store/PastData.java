package org.understudy.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.understudy.DatabaseDigest;
import org.understudy.Standing;
import org.understudy.log.MemberTable;

/** The data as it was at one LSN, in a copy of its own; used by one thread, and closed. */
public final class PastData implements AutoCloseable {
    private final Engine engine;
    private final Stored stored;
    private final Runnable lastly;

    PastData(Engine engine, Stored stored, Runnable lastly) {
        this.engine = engine;
        this.stored = stored;
        this.lastly = lastly;
    }

    /** The last record whose effects it has. */
    public Standing standing() {
        return stored.applied();
    }

    /** The member table in force there. */
    public MemberTable members() {
        return stored.members();
    }

    /** The databases there were, those that a partial view doesn't hold left out. */
    public Set<String> databaseNames() {
        return stored.catalog().names();
    }

    /** All keys of a database. */
    PastCursor cursor(String database) {
        return new PastCursor(engine, stored.catalog().find(database));
    }

    int number(String database) {
        return stored.catalog().find(database).number();
    }

    /** The value of a key in the database of a number; empty, too, if that is not there or not held. */
    Optional<byte[]> get(int number, byte[] key) {
        Family family = engine.family(number);
        return family == null
                ? Optional.empty()
                : Optional.ofNullable(engine.get(family.handle(), engine.newest(), key));
    }

    /** Whether there is data of a number that a database has. */
    boolean holds(int number) {
        return stored.catalog().table().numbers().containsValue(number)
                && stored.catalog().table().holds(number);
    }

    /** A database in short. */
    public DatabaseDigest digest(String database) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        long keys = 0;
        try (PastCursor cursor = cursor(database)) {
            while (cursor.next()) {
                add(sha, cursor.key());
                add(sha, cursor.value());
                keys++;
            }
        }
        return new DatabaseDigest(keys, HexFormat.of().formatHex(sha.digest()));
    }

    private static void add(MessageDigest sha, byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha.update(bytes);
    }

    /** The copy goes. */
    @Override
    public void close() {
        engine.close();
        lastly.run();
    }
}
