package org.understudy.it.application;

/**
 * An event that an observer heard.
 *
 * @param environment of which environment
 * @param sequence its number there
 * @param type its class: {@code BecameMaster}
 * @param surroundings what {@link Surroundings} told on the observer's thread
 */
public record Hearing(String environment, long sequence, String type, String surroundings) {

    /** As a line of text. */
    @Override
    public String toString() {
        return environment + " " + sequence + " " + type + " " + surroundings;
    }
}
