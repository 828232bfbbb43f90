package org.understudy.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line between the harness and a site process: a verb and named values, {@code write threads=8 millis=3000}. */
public record Message(String verb, Map<String, String> values) {
    public static final String OK = "ok";
    public static final String FAILED = "failed";

    private static final String WHY = "why";

    public Message {
        values = Map.copyOf(values);
    }

    public static Message of(String verb) {
        return new Message(verb, Map.of());
    }

    /** The answer to a command that threw. */
    public static Message failed(Throwable cause) {
        return of(FAILED).with(WHY, cause.toString().replaceAll("[\\s=]+", "_"));
    }

    public static Message parse(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        return parse(words.get(0), words.subList(1, words.size()));
    }

    /** Reads the values from words of their own, which may hold blanks then. */
    public static Message parse(String verb, List<String> words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            String[] pair = word.split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException(
                        "'" + word + "' of '" + verb + "' is no name=value: write a message as 'verb name=value …'");
            }
            values.put(pair[0], pair[1]);
        }
        return new Message(verb, values);
    }

    public Message with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value.toString());
        return new Message(verb, more);
    }

    public boolean isOk() {
        return verb.equals(OK);
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + this + "' has no '" + name + "': give it as " + name + "=…");
        }
        return value;
    }

    public long number(String name) {
        return Long.parseLong(text(name));
    }

    public int count(String name) {
        return Math.toIntExact(number(name));
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(verb);
        values.forEach(
                (name, value) -> line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }
}
