package org.understudy.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests to what listens on a port of the loopback. */
public final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;

    /** Requests to {@code http://127.0.0.1:port/base}. */
    public Http(int port, String base) {
        this("127.0.0.1", port, base);
    }

    /** Requests to {@code http://address:port/base}. */
    public Http(String address, int port, String base) {
        this.base = "http://" + address + ":" + port + "/" + (base.isEmpty() ? "" : base + "/");
    }

    /**
     * An answer.
     *
     * @param status the status of HTTP: 200
     * @param body its text
     */
    public record Answer(int status, String body) {

        /** Whether it tells of success. */
        public boolean ok() {
            return status / 100 == 2;
        }

        /** Its text, if it tells of success. */
        public String text() {
            if (!ok()) {
                throw new IllegalStateException("answered with " + status + ": " + body);
            }
            return body;
        }
    }

    /** Asks for what is at a path. */
    public Answer get(String path) {
        return send("GET", path, "");
    }

    /** Puts a text to a path. */
    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    /** Posts a text to a path. */
    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** Deletes what is at a path. */
    public Answer delete(String path) {
        return send("DELETE", path, "");
    }

    /**
     * A request of any method.
     *
     * @throws UncheckedIOException if there is no answer: nobody listens, or it has gone meanwhile
     */
    public Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + base + path + " was interrupted", e);
        }
    }

    @Override
    public String toString() {
        return base;
    }
}
