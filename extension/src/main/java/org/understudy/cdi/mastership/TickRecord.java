package org.understudy.cdi.mastership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.cdi.mastership.TickMissed.Cause;

/**
 * What a group knows of a timer: replicated, and written before each tick runs.
 *
 * @param last when the last tick was due that began
 * @param generation the generation it began in
 * @param ended whether it is known to have ended, or to have been told of
 * @param due since when nobody has looked for ticks; none if there are no more
 * @param exact whether a tick was due right then
 */
record TickRecord(Instant last, long generation, boolean ended, Optional<Instant> due, boolean exact) {

    private static final String NONE = "-";

    /** A tick that begins. */
    static TickRecord begun(Tick tick, long generation) {
        return new TickRecord(tick.instant(), generation, false, tick.next(), true);
    }

    /** Whether a tick may begin: none does twice in one generation, and none that is past or known to have ended. */
    boolean admits(Instant instant, long inGeneration) {
        return instant.isAfter(last) || instant.equals(last) && !ended && inGeneration > generation;
    }

    /** What was missed by the time that a tick begins; {@code here} is what this site has seen, {@code running} its last one. */
    List<TickMissed> missedBy(Tick tick, String environment, SkippedTicks here, boolean running) {
        List<TickMissed> missed = new ArrayList<>();
        if (!ended && !running && !tick.instant().equals(last)) {
            missed.add(notEnded(tick.timer(), environment));
        }
        due.filter(since -> since.isBefore(tick.instant()))
                .filter(since -> exact || here.mayHaveSeenAny(since, tick.instant()))
                .ifPresent(since ->
                        missed.add(new TickMissed(environment, tick.timer(), since, tick.instant(), Cause.NOT_BEGUN)));
        return missed;
    }

    /** What was missed when a mastership begins, up to a moment; later ticks may be on their way. */
    List<TickMissed> missedUntil(
            Instant until, long inGeneration, String timer, String environment, SkippedTicks here) {
        List<TickMissed> missed = new ArrayList<>();
        if (isLeftBy(inGeneration)) {
            missed.add(notEnded(timer, environment));
        }
        due.filter(since -> isMissed(since, until, here))
                .ifPresent(since -> missed.add(new TickMissed(environment, timer, since, until, Cause.NOT_BEGUN)));
        return missed;
    }

    /** The record after all of that has been told. */
    TickRecord told(Instant until, long inGeneration, SkippedTicks here) {
        boolean gap = due.filter(since -> isMissed(since, until, here)).isPresent();
        return new TickRecord(
                last, generation, ended || isLeftBy(inGeneration), gap ? Optional.of(until) : due, exact && !gap);
    }

    private boolean isLeftBy(long inGeneration) {
        return !ended && inGeneration > generation;
    }

    private boolean isMissed(Instant since, Instant until, SkippedTicks here) {
        return since.isBefore(until) && (exact || here.hasSeenAny(since, until));
    }

    private TickMissed notEnded(String timer, String environment) {
        return new TickMissed(environment, timer, last, last.plusMillis(1), Cause.NOT_ENDED);
    }

    /** The same, ended. */
    TickRecord afterItsEnd() {
        return new TickRecord(last, generation, true, due, exact);
    }

    /** As it is stored: words in a line. */
    @Override
    public String toString() {
        return String.join(
                " ",
                last.toString(),
                Long.toString(generation),
                ended ? "ended" : "begun",
                due.map(Instant::toString).orElse(NONE),
                exact ? "due" : "told");
    }

    static TickRecord parse(String text) {
        String[] words = text.split(" ");
        return new TickRecord(
                Instant.parse(words[0]),
                Long.parseLong(words[1]),
                words[2].equals("ended"),
                words[3].equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(words[3])),
                words[4].equals("due"));
    }
}
