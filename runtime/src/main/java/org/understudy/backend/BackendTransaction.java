package org.understudy.backend;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.understudy.BranchId;
import org.understudy.ByteRange;
import org.understudy.CommitToken;
import org.understudy.Direction;

/**
 * One transaction in bytes, with what {@link org.understudy.Transaction} promises. Used by one thread at a time. Keys and
 * values handed in are given away.
 */
public interface BackendTransaction extends AutoCloseable {

    /** The value of a key; remembered for the conflict check. */
    Optional<byte[]> get(String database, byte[] key);

    /** The value of a key, protected until the commit. */
    Optional<byte[]> getForUpdate(String database, byte[] key);

    /** Puts a value in the place of whatever the key has; reads nothing. What goes wrong may be told as late as at the commit. */
    void put(String database, byte[] key, byte[] value);

    /** Deletes a key, whether or not it is there; reads nothing, and tells what goes wrong as {@link #put} does. */
    void delete(String database, byte[] key);

    /** How many keys a database has. */
    long count(String database);

    /** Walks through a range. */
    BackendCursor cursor(String database, ByteRange range, Direction direction);

    /** Walks through a range and protects it until the commit. */
    BackendCursor cursorForUpdate(String database, ByteRange range, Direction direction);

    /** Commits, and waits for the outcome; {@link CommitToken#NONE} if nothing was written. To be closed all the same. */
    CommitToken commit();

    /** Commits without waiting: decided when this returns. To be closed once the stage is complete. */
    CompletionStage<CommitToken> commitStaged();

    /** Promises to commit, and waits; false if there is nothing to promise. To be closed all the same. */
    boolean prepare(BranchId branch);

    /** Ends it: its writes, unless committed or promised, are forgotten. Does nothing the second time. */
    @Override
    void close();
}
