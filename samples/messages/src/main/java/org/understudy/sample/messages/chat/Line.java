package org.understudy.sample.messages.chat;

import java.time.Instant;

/**
 * Something that was said, as it travels between the sites.
 *
 * @param from who said it, by its number
 * @param to to whom, in words
 * @param text what
 * @param when when it was said, by the speaker's clock
 */
public record Line(int from, String to, String text, Instant when) {

    static final int LONGEST_TEXT = 500;
}
