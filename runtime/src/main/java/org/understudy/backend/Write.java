package org.understudy.backend;

import org.understudy.BranchDecision;
import org.understudy.BranchId;

/** A commit of its own that has read nothing. Keys and values are encoded, and given away. */
public sealed interface Write {

    /** One key with its value. */
    record Put(String database, byte[] key, byte[] value) implements Write {}

    /** No key any more in a database. */
    record Truncate(String database) implements Write {}

    /** A database less. */
    record Remove(String database) implements Write {}

    /** The word on a prepared branch, said now. */
    record Decide(BranchId branch, BranchDecision word, long nowMillis) implements Write {}

    /** A database under another name. */
    record Rename(String from, String to) implements Write {}
}
