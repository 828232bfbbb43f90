package org.understudy.simulation.exhaustive;

/**
 * One thing that may happen next.
 *
 * @param site where
 * @param detail which message, or how much a crash leaves
 */
record Move(Kind kind, int site, long detail) {
    enum Kind {
        DELIVER,
        FORCE,
        COMMIT,
        STAND,
        KILL,
        POWER_CUT
    }
}
