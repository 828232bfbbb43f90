package org.understudy;

/** When a site counts a record as stored, and so when it may acknowledge it. */
public enum Durability {
    /** Forced to the disk: survives power cuts. The default. */
    SYNC,
    /**
     * Handed to the operating system: survives a killed process, but not a power cut of a majority of the sites. What becomes
     * of prepared branches is forced all the same.
     */
    WRITE_NO_SYNC;

    /** Whichever of the two promises more. */
    public Durability stricter(Durability other) {
        return this == SYNC || other == SYNC ? SYNC : WRITE_NO_SYNC;
    }
}
