package org.understudy.it;

import io.smallrye.health.SmallRyeHealth;
import jakarta.json.JsonObject;

/** One of our checks in an answer of MicroProfile Health. */
record Check(boolean up, JsonObject data) {

    /** The check of a name in an answer. */
    static Check of(SmallRyeHealth health, String name) {
        JsonObject check = health.getPayload().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(found -> found.getString("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check " + name + " in " + health.getPayload()));
        return new Check(check.getString("status").equals("UP"), check.getJsonObject("data"));
    }

    String text(String key) {
        return data.getString(key);
    }

    long number(String key) {
        return data.getJsonNumber(key).longValue();
    }
}
