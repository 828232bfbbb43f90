package org.understudy.simulation.exhaustive;

/**
 * Something that happens to one site.
 *
 * @param detail which parcel, which commit, how many records a crash leaves, or which other site
 */
record SiteMove(Kind kind, int detail) {
    enum Kind {
        DELIVER,
        FORCE,
        COMMIT,
        STAND,
        RESTART,
        LOSE,
        CONNECT,
        START
    }
}
