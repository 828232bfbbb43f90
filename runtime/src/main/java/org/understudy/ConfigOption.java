package org.understudy;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One thing that can be configured, and all that is to be said about it.
 *
 * @param key its name, in lower case with dashes
 * @param type how its values are written
 * @param defaultValue what it is unless set; empty if it then has no value
 * @param accepted which values are accepted, for people
 * @param check which values are accepted
 * @param description what it does
 */
public record ConfigOption<T>(
        String key,
        ConfigType<T> type,
        Optional<T> defaultValue,
        String accepted,
        Predicate<T> check,
        String description) {

    /**
     * The value of some text.
     *
     * @throws IllegalArgumentException with one sentence that names the key, the text and what is accepted
     */
    public T parse(String text) {
        T value;
        try {
            value = type.parser().apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(refusal(text, e.getMessage()), e);
        }
        return checked(value, text);
    }

    /**
     * The value itself, if it is accepted.
     *
     * @throws IllegalArgumentException with one sentence that names the key, the value and what is accepted
     */
    public T checked(T value) {
        return checked(value, format(value));
    }

    /** A value as text that {@link #parse} reads back. */
    public String format(T value) {
        return type.formatter().apply(value);
    }

    private T checked(T value, String text) {
        if (!check.test(value)) {
            throw new IllegalArgumentException(refusal(text, "is out of range"));
        }
        return value;
    }

    private String refusal(String text, String why) {
        return key + " = \"" + text + "\" " + why + "; accepted: " + accepted;
    }
}
