package org.understudy.log;

/** What a log record tells (protocol.md §1). */
public enum RecordKind {
    /** A transaction's changes. */
    TRANSACTION(1),
    /** A database is created, removed, renamed or truncated. */
    DATABASE(2),
    /** The member table changes. */
    MEMBERSHIP(3),
    /** The first record of a mastership. */
    GENERATION(4),
    /** What becomes of a prepared branch, in changes like a transaction's (protocol.md §8.1). */
    BRANCH(5);

    private static final RecordKind[] BY_CODE = {null, TRANSACTION, DATABASE, MEMBERSHIP, GENERATION, BRANCH};

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    /** The byte that stands for this kind on disk and on the wire. */
    public byte code() {
        return code;
    }

    /** Whether the protocol itself reads such records, not only the store. */
    public boolean isControl() {
        return this == MEMBERSHIP || this == GENERATION;
    }

    /**
     * Whether such records are forced before they, or anything behind them, count as stored, whatever the group asks for
     * (protocol.md §2.3, §8.1).
     */
    public boolean isForced() {
        return isControl() || this == BRANCH;
    }

    /** Whether such records have a transaction's changes. */
    public boolean hasChanges() {
        return this == TRANSACTION || this == BRANCH;
    }

    /** Whether a byte stands for a kind. */
    public static boolean exists(byte code) {
        return code >= 1 && code < BY_CODE.length;
    }

    /**
     * The kind a byte stands for.
     *
     * @throws MalformedRecordException when no kind has this code
     */
    public static RecordKind of(byte code) {
        if (!exists(code)) {
            throw new MalformedRecordException("unknown record kind " + code);
        }
        return BY_CODE[code];
    }
}
