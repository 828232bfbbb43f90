package org.understudy;

import java.io.Serializable;
import java.util.UUID;

/**
 * Names one commit of one group for good: pass it to another site to read what was written here.
 *
 * @param group the id of the group (of the environment, where it has no local site)
 * @param generation the generation of the master that committed
 * @param lsn the log sequence number of the commit's record
 */
public record CommitToken(UUID group, long generation, long lsn) implements Serializable {

    /** The token of a transaction that wrote nothing. */
    public static final CommitToken NONE = new CommitToken(new UUID(0, 0), 0, 0);

    private static final long serialVersionUID = 1L;

    /** No mastership is numbered like this. */
    private static final long FORWARDED = Long.MAX_VALUE;

    /**
     * Names a forwarded write whose commit is not known (protocol.md §9): {@link Environment#outcome} finds the commit if the
     * group still keeps account of it. {@code lsn} is the write's number then, and {@code group} its session's id.
     */
    public static CommitToken ofForwarded(UUID session, long number) {
        return new CommitToken(session, FORWARDED, number);
    }

    /** Whether this names a forwarded write, not its commit. */
    public boolean isForwarded() {
        return generation == FORWARDED;
    }

    public CommitToken {
        if (generation < 0 || lsn < 0) {
            throw new IllegalArgumentException(
                    "generation " + generation + " and LSN " + lsn + " of a commit token must not be negative");
        }
    }

    /** Whether this names no commit, because there was nothing to commit. */
    public boolean isNone() {
        return equals(NONE);
    }

    /**
     * Reads back what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is no token
     */
    public static CommitToken parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw notAToken(text, null);
        }
        try {
            return new CommitToken(UUID.fromString(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        } catch (IllegalArgumentException e) {
            throw notAToken(text, e);
        }
    }

    private static IllegalArgumentException notAToken(String text, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no commit token; one looks like group-uuid/generation/lsn", cause);
    }

    /** {@code group/generation/lsn}, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return group + "/" + generation + "/" + lsn;
    }
}
