package org.understudy.it.groups;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.it.server.Server;
import org.understudy.it.support.Check;
import org.understudy.it.support.Http.Answer;

/**
 * A site of a group: the application on a server.
 *
 * @param name the site's
 */
record Site(String name, Server server) {

    /** The application's name on every server. */
    static final String APPLICATION = "application";

    private static final String ENVIRONMENT = "default ";

    /** What the environment's status tells. */
    JsonObject status() {
        try (JsonReader reader = Json.createReader(new StringReader(ask("site")))) {
            return reader.readObject();
        }
    }

    boolean isMaster() {
        return status().getString("role").equals("MASTER");
    }

    long generation() {
        return status().getJsonNumber("generation").longValue();
    }

    /** The check that load balancers ask for; empty while nobody answers with it. */
    Optional<Check> readiness() {
        try {
            return Check.find(server.health().get("ready").body(), "understudy-readiness");
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The check that tells whether a restart is called for. */
    Check liveness() {
        return Check.of(server.health().get("live").body(), "understudy-liveness");
    }

    /** Whether it says over HTTP that it is ready. */
    boolean isReady() {
        return readiness().filter(Check::up).isPresent();
    }

    /** Writes an entry; the answer tells whether it was acknowledged. */
    Answer write(String key, String value) {
        return server.application(APPLICATION).put("api/entries/" + key, value);
    }

    /** All entries it has. */
    Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        ask("entries").lines().forEach(line -> {
            int equals = line.indexOf('=');
            entries.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return entries;
    }

    /** Those of its entries that {@link SerialWriters} wrote. */
    Map<String, String> serials() {
        Map<String, String> serials = new TreeMap<>(entries());
        serials.keySet().removeIf(key -> !key.startsWith(SerialWriters.PREFIX));
        return serials;
    }

    /** The types of the events that the application's observer has heard since its server's last start, in their order. */
    List<String> events() {
        return ask("events/at-once")
                .lines()
                .filter(line -> line.startsWith(ENVIRONMENT))
                .map(line -> line.split(" ")[2])
                .toList();
    }

    /** How often it has missed a master since its server's last start. */
    long masterFailures() {
        return events().stream().filter("MasterFailure"::equals).count();
    }

    /** Has it hand mastership to another. */
    void handOver(Site to) {
        server.application(APPLICATION).post("api/site/transfer/" + to.name, "").text();
    }

    private String ask(String what) {
        return server.application(APPLICATION).get("api/" + what).text();
    }

    @Override
    public String toString() {
        return name + " on " + server;
    }
}
