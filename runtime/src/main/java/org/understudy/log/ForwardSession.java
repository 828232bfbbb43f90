package org.understudy.log;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.understudy.Standing;

/**
 * What the group keeps of one client's forwarded writes, replicated with their effects: which numbers may still come, and
 * where those stand that were committed (protocol.md §9).
 *
 * @param window the lowest number that may still come; what is below was answered or given up by its client
 * @param lastUsedMillis when its master wrote it last, since the epoch
 * @param done the commits of the numbers in the window that have one, by number
 */
public record ForwardSession(long window, long lastUsedMillis, SortedMap<Long, Standing> done) {
    /** The numbers a client has open at once lie within so many, or the session would grow without bound. */
    public static final int MOST_OPEN = 64;

    private static final int FORMAT = 1;

    /** Takes a copy. */
    public ForwardSession {
        done = Collections.unmodifiableSortedMap(new TreeMap<>(done));
    }

    /** One that nothing was forwarded in yet. */
    public static ForwardSession opened(long nowMillis) {
        return new ForwardSession(1, nowMillis, new TreeMap<>());
    }

    /** Whether a number may still be applied, or be found applied: what is below the window never is. */
    public boolean allows(long number) {
        return number >= window;
    }

    /** The commit of a number. */
    public Optional<Standing> commitOf(long number) {
        return Optional.ofNullable(done.get(number));
    }

    /** The session once a number's commit stands there, and the client waits for nothing below a number any more. */
    public ForwardSession with(long number, Standing commit, long lowestOpen, long nowMillis) {
        SortedMap<Long, Standing> next = new TreeMap<>(done);
        next.put(number, commit);
        return new ForwardSession(window, nowMillis, next).movedTo(lowestOpen);
    }

    /** The session used again now, by a number that was committed before. */
    public ForwardSession touched(long nowMillis) {
        return new ForwardSession(window, nowMillis, done);
    }

    private ForwardSession movedTo(long lowestOpen) {
        return lowestOpen <= window ? this : new ForwardSession(lowestOpen, lastUsedMillis, done.tailMap(lowestOpen));
    }

    /** The value it is kept as, which is written with every forwarded write: so it is kept small. */
    public byte[] encode() {
        ValueWriter out = new ValueWriter().putByte(FORMAT).putLong(window).putLong(lastUsedMillis);
        putSmall(out, done.size());
        long number = window;
        Standing before = Standing.ZERO;
        for (Map.Entry<Long, Standing> entry : done.entrySet()) {
            Standing commit = entry.getValue();
            putSmall(out, entry.getKey() - number);
            putSmall(out, zigzag(commit.generation() - before.generation()));
            putSmall(out, zigzag(commit.lsn() - before.lsn()));
            number = entry.getKey();
            before = commit;
        }
        return out.toByteArray();
    }

    /** Reads a value it was kept as. */
    public static ForwardSession decode(byte[] bytes) {
        ValueReader in = new ValueReader(bytes);
        byte format = in.getByte();
        if (format != FORMAT) {
            throw new MalformedValueException(
                    "a forwarding session of format " + format + "; this release reads " + FORMAT);
        }
        long window = in.getLong();
        long lastUsedMillis = in.getLong();
        SortedMap<Long, Standing> done = new TreeMap<>();
        long number = window;
        Standing before = Standing.ZERO;
        for (long left = getSmall(in); left > 0; left--) {
            number += getSmall(in);
            long generation = before.generation() + unzigzag(getSmall(in));
            before = new Standing(generation, before.lsn() + unzigzag(getSmall(in)));
            done.put(number, before);
        }
        in.end();
        return new ForwardSession(window, lastUsedMillis, done);
    }

    private static void putSmall(ValueWriter out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.putByte((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.putByte((int) left);
    }

    private static long getSmall(ValueReader in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.getByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedValueException("a number too long in a forwarding session");
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
