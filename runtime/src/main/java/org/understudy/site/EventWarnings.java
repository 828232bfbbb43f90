package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.event.LogFilling;
import org.understudy.event.PossibleLoss;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.SiteFallingBehind;

/** Writes the events that an operator must not miss to the log, whether or not an application listens. */
final class EventWarnings {
    private static final Logger LOGGER = System.getLogger(EventWarnings.class.getName());

    private final Place place;
    private final Supplier<Standing> last;

    /** {@code last} tells how far the log reaches. */
    EventWarnings(Place place, Supplier<Standing> last) {
        this.place = place;
        this.last = last;
    }

    /** Says so, if that is such an event. */
    void note(ReplicationEvent event) {
        if (event instanceof SiteFallingBehind behind) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "USTDY-0368 [" + place + "] site " + behind.site() + " still needs the log from LSN "
                            + behind.neededLsn() + " on, and three quarters of "
                            + (behind.limit() == SiteFallingBehind.Limit.SIZE
                                    ? "log-retention-max"
                                    : "log-retention-time")
                            + " are used: start it or remove it, or it will need a whole copy; at " + last.get());
        }
        if (event instanceof LogFilling filling) {
            LOGGER.log(
                    filling.stage() == LogFilling.Stage.RELIEVED ? Level.INFO : Level.WARNING,
                    () -> "USTDY-0369 [" + place + "] the log's room for what no majority stores is " + filling.stage()
                            + " behind LSN " + filling.permanentLsn() + " of generation "
                            + event.origin().generation()
                            + "; at " + last.get());
        }
        if (event instanceof PossibleLoss loss) {
            LOGGER.log(Level.WARNING, () -> "USTDY-0367 [" + place + "] " + loss.reason() + "; at " + last.get());
        }
    }
}
