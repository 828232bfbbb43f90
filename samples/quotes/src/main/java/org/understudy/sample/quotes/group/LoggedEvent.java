package org.understudy.sample.quotes.group;

import java.time.Instant;

/**
 * An event as the page shows it.
 *
 * @param number 1, 2, 3 … in the order of this site
 * @param time when this site was told
 * @param kind the event's name
 * @param tone how welcome it is
 * @param text the event as a sentence
 * @param times how many of the same kind came one after the other
 */
public record LoggedEvent(long number, Instant time, String kind, Tone tone, String text, int times) {

    /** The later one of the same kind, in the place of this one. */
    LoggedEvent repeated(LoggedEvent later) {
        return new LoggedEvent(number, later.time, kind, later.tone, later.text, times + 1);
    }
}
