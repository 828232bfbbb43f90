package org.understudy.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Optional;

/**
 * One check in an answer of MicroProfile Health.
 *
 * @param up whether it is
 * @param data what it tells beside that
 */
public record Check(boolean up, JsonObject data) {

    /** The check of a name in an answer. */
    public static Check of(JsonObject answer, String name) {
        JsonObject check = answer.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(found -> found.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check " + name + " in " + answer));
        return new Check(check.getString("status").equals("UP"), check.getJsonObject("data"));
    }

    /** The check of a name in an answer, as it came over HTTP. */
    public static Check of(String answer, String name) {
        try (JsonReader reader = Json.createReader(new StringReader(answer))) {
            return of(reader.readObject(), name);
        }
    }

    /** The check of a name in an answer that came over HTTP; empty if there is none. */
    public static Optional<Check> find(String answer, String name) {
        return answer.contains("\"" + name + "\"") ? Optional.of(of(answer, name)) : Optional.empty();
    }

    /** What it tells under a key, if that is text. */
    public String text(String key) {
        return data.getString(key);
    }

    /** What it tells under a key, if that is a number. Payara Micro writes everything as text. */
    public long number(String key) {
        return data.get(key) instanceof JsonString text
                ? Long.parseLong(text.getString())
                : data.getJsonNumber(key).longValue();
    }
}
