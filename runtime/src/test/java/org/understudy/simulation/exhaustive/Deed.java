package org.understudy.simulation.exhaustive;

import java.util.List;
import java.util.UUID;
import org.understudy.log.LogRecord;

/** What a site does that concerns more than itself, with its log as it was then: {@link Promises} looks at it beside the others. */
sealed interface Deed {
    /** Its log has grown. */
    record Wrote(List<LogRecord> log) implements Deed {}

    /** It has written a mastership's first record. */
    record BecameMaster(long generation, List<LogRecord> log) implements Deed {}

    /** It calls the log up to here permanent; so many of its records would survive a power cut. */
    record CalledPermanent(long lsn, List<LogRecord> log, int forced) implements Deed {}

    /** It gives its vote. */
    record Voted(long generation, UUID candidate) implements Deed {}
}
