package org.understudy;

/** One change of an {@link UndoneTransaction}. The bytes of keys and values are as they were stored. */
public sealed interface UndoneChange {

    /** The database, by the name it had when the change was made. */
    String database();

    /** A key got this value. */
    record Put(String database, byte[] key, byte[] value) implements UndoneChange {}

    /** A key was deleted. */
    record Deleted(String database, byte[] key) implements UndoneChange {}

    /** All keys of the database were deleted. */
    record Truncated(String database) implements UndoneChange {}

    /** The database was removed. */
    record Removed(String database) implements UndoneChange {}

    /** The database got another name. */
    record Renamed(String database, String to) implements UndoneChange {}
}
