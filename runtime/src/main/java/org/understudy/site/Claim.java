package org.understudy.site;

import java.time.Duration;
import org.understudy.process.Attachment;

/**
 * Whether and from when on this process may take a home over that nobody has any more (protocol.md §11). The home's lock
 * decides between several.
 *
 * @param allowed whether it may without being asked to
 * @param fromNanos not before
 */
record Claim(boolean allowed, long fromNanos) {
    /** None. */
    static final Claim NONE = new Claim(false, 0);

    /** How much sooner the one is that was told to take over. */
    private static final Duration HEIRS_LEAD = Duration.ofSeconds(1);

    /** What this process has on the home of one that is gone. */
    static Claim on(Attachment last, boolean started, boolean onCrash) {
        boolean takesPart = last.localSite().isEmpty() || started;
        if (!takesPart || last.isOutOfGroup() || !(last.hasLeft() || onCrash)) {
            return NONE;
        }
        boolean waits = last.hasLeft() && !last.isHeir();
        return new Claim(true, System.nanoTime() + (waits ? HEIRS_LEAD.toNanos() : 0));
    }

    /** The application starts the environment: at once, where nobody has the home. */
    Claim byApplication() {
        return new Claim(true, System.nanoTime());
    }

    /** Whether it may now. */
    boolean isDue(long nowNanos) {
        return allowed && nowNanos - fromNanos >= 0;
    }
}
