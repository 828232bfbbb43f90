package org.understudy.cdi.mastership;

/**
 * The mastership under which a {@link MasterOnly} method runs: {@code @Inject Mastership mastership}. The injected one means
 * the call that runs on the thread that asks, the innermost if there are several; without one its methods throw {@link
 * IllegalStateException}. Thread-safe.
 */
public interface Mastership {

    /** The name of the environment. */
    String environment();

    /**
     * The generation: the fencing token of this mastership. Hand it to whatever the method changes outside the database, and
     * have that refuse anything with a lower one. In an environment without a group it is 0.
     */
    long generation();

    /**
     * Whether this site is still master of that generation: false as soon as this site knows that it is not, and in a group
     * with leases as soon as its lease is over. Once false, false for ever.
     */
    boolean isStillMaster();

    /**
     * Returns only if {@link #isStillMaster}.
     *
     * @throws MastershipLostException if it is not
     */
    void requireStillMaster();

    /** The same mastership for whichever thread, and after the call as well. */
    Mastership captured();
}
