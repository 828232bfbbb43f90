package org.understudy.log;

import org.understudy.Durability;

/**
 * What holds for a whole group, whatever its sites are configured with; part of the member table (protocol.md §6).
 *
 * @param durability when a record counts as stored, on every site alike (protocol.md §3.2)
 * @param maxRecordBytes the largest record a commit may make (protocol.md §2.4)
 * @param twoSiteStrict whether one of two sites stays without a master while the other is away (protocol.md §4.6)
 * @param preferredMaster the site that takes mastership back whenever it can; empty for none (protocol.md §4.6)
 * @param leaseMicros how long a lease lasts; 0 for none (protocol.md §4.5)
 * @param clockDriftPpm how much faster than another a clock may run, in parts per million
 */
public record GroupTerms(
        Durability durability,
        long maxRecordBytes,
        boolean twoSiteStrict,
        String preferredMaster,
        long leaseMicros,
        int clockDriftPpm) {

    /** A group with a strict majority, no preferred master and no leases. */
    public static GroupTerms of(Durability durability, long maxRecordBytes) {
        return new GroupTerms(durability, maxRecordBytes, true, "", 0, 0);
    }

    /** The same, where one of two sites may go on alone, or may not. */
    public GroupTerms withTwoSiteStrict(boolean strict) {
        return new GroupTerms(durability, maxRecordBytes, strict, preferredMaster, leaseMicros, clockDriftPpm);
    }

    /** The same, where this site takes mastership back whenever it can; empty for none. */
    public GroupTerms withPreferredMaster(String site) {
        return new GroupTerms(durability, maxRecordBytes, twoSiteStrict, site, leaseMicros, clockDriftPpm);
    }

    /** The same with leases of this length, 0 for none, among clocks that drift apart by so much. */
    public GroupTerms withLeases(long micros, int driftPpm) {
        return new GroupTerms(durability, maxRecordBytes, twoSiteStrict, preferredMaster, micros, driftPpm);
    }

    void write(ValueWriter out) {
        out.putByte(durability.ordinal())
                .putLong(maxRecordBytes)
                .putBoolean(twoSiteStrict)
                .putString(preferredMaster)
                .putLong(leaseMicros)
                .putInt(clockDriftPpm);
    }

    static GroupTerms read(ValueReader in) {
        return new GroupTerms(
                durability(in.getByte()), in.getLong(), in.getBoolean(), in.getString(), in.getLong(), in.getInt());
    }

    private static Durability durability(byte code) {
        if (code < 0 || code >= Durability.values().length) {
            throw new MalformedValueException("unknown durability " + code);
        }
        return Durability.values()[code];
    }
}
