package org.understudy.harness;

/** The first words of what {@link RegisterClients} say, and {@link Chronicle} hears. */
final class Talk {
    /** {@code try serial micros policy key=read,…}: a commit is about to begin. */
    static final String TRY = "try";
    /** {@code done serial micros generation lsn}: as the policy asks. */
    static final String DONE = "done";
    /** Stands at the master, but its policy was not met. */
    static final String WEAK = "weak";
    /** Whether it lasts is not known; LSN 0 when it has none as far as is known. */
    static final String UNKNOWN = "unknown";
    /** Left no record. */
    static final String REFUSED = "refused";
    /** {@code read began answered key=value,…}: a snapshot of the registers. */
    static final String READ = "read";

    /** {@code latest began answered first key=value,…}: the registers from {@code first} on, with {@code Consistency.LATEST}. */
    static final String LATEST = "latest";
    /** Something happened that never should. */
    static final String BROKEN = "broken";

    private Talk() {}
}
