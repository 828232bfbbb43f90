package org.understudy.sample.common.group;

import java.time.Instant;

/**
 * An event as the page shows it.
 *
 * @param number 1, 2, 3 … in the order of this site
 * @param time when this site was told
 * @param kind the event's name
 * @param tone how welcome it is
 * @param text the event as a sentence
 * @param times how many that said the same came one after the other
 */
public record LoggedEvent(long number, Instant time, String kind, Tone tone, String text, int times) {

    /** Whether another one says the same, but for the details after the colon. */
    boolean isLike(LoggedEvent other) {
        return kind.equals(other.kind) && essence().equals(other.essence());
    }

    /** The later one that says the same, in the place of this one. */
    LoggedEvent repeated(LoggedEvent later) {
        return new LoggedEvent(number, later.time, kind, later.tone, later.text, times + 1);
    }

    private String essence() {
        return text.split(":", 2)[0];
    }
}
