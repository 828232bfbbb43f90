package org.understudy.simulation.exhaustive;

/**
 * One thing that may happen next.
 *
 * @param site where
 * @param detail which message, or how much a crash leaves
 */
record Move(Kind kind, int site, int detail) {
    private static final int DETAIL_BITS = 24;
    private static final int SITE_BITS = 2;

    enum Kind {
        DELIVER,
        FORCE,
        COMMIT,
        STAND,
        KILL,
        POWER_CUT
    }

    /** The move in one number. */
    int folded() {
        if (detail >>> DETAIL_BITS != 0) {
            throw new IllegalStateException("more parcels than a move can name");
        }
        return (kind.ordinal() << SITE_BITS | site) << DETAIL_BITS | detail;
    }

    static Move unfold(int folded) {
        int head = folded >>> DETAIL_BITS;
        return new Move(
                Kind.values()[head >>> SITE_BITS], head & (1 << SITE_BITS) - 1, folded & (1 << DETAIL_BITS) - 1);
    }
}
