package org.understudy.sample.browser;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless Chromium, driven through chromedriver by the W3C's WebDriver protocol: the few commands that a test needs. */
public final class Browser implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern READY = Pattern.compile("started successfully on port (\\d+)");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1250");

    private final Process driver;
    private final URI session;

    private Browser(Process driver, URI session) {
        this.driver = driver;
        this.session = session;
    }

    /** Starts a browser with an empty profile. */
    public static Browser start(Path profile) throws IOException {
        Process driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            URI sessions = URI.create("http://127.0.0.1:" + awaitPort(driver) + "/session");
            JsonObject created = send("POST", sessions, capabilities(profile)).asJsonObject();
            return new Browser(driver, URI.create(sessions + "/" + created.getString("sessionId")));
        } catch (IOException | RuntimeException | AssertionError e) {
            driver.destroy();
            throw e;
        }
    }

    private static JsonObject capabilities(Path profile) {
        JsonArrayBuilder arguments = Json.createArrayBuilder(FLAGS).add("--user-data-dir=" + profile);
        JsonObjectBuilder options = Json.createObjectBuilder().add("args", arguments);
        JsonObjectBuilder wanted = Json.createObjectBuilder().add("goog:chromeOptions", options);
        return Json.createObjectBuilder()
                .add("capabilities", Json.createObjectBuilder().add("alwaysMatch", wanted))
                .build();
    }

    public void open(URI page) {
        post("/url", Map.of("url", page.toString()));
    }

    /** What a person reads in the element that a CSS selector finds; empty if there is none, or none to see. */
    public String text(String selector) {
        return string("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
    }

    /** Clicks on the element that a CSS selector finds, as a person would: it has to be there, and visible. */
    public void click(String selector) {
        JsonValue found = post("/element", Map.of("using", "css selector", "value", selector));
        String element =
                found.asJsonObject().values().iterator().next().toString().replace("\"", "");
        post("/element/" + element + "/click", Map.of());
    }

    /** Replaces what stands in a field. */
    public void fill(String selector, String value) {
        string(
                "const field = document.querySelector(arguments[0]); field.value = arguments[1]; return ''",
                selector,
                value);
    }

    @Override
    public void close() {
        send("DELETE", session, JsonValue.EMPTY_JSON_OBJECT);
        driver.destroy();
    }

    private String string(String script, String... arguments) {
        Map<String, Object> command = Map.of("script", script, "args", List.of(arguments));
        JsonValue value = post("/execute/sync", command);
        return ((JsonString) value).getString();
    }

    private JsonValue post(String command, Map<String, Object> parameters) {
        return send(
                "POST",
                URI.create(session + command),
                Json.createObjectBuilder(parameters).build());
    }

    private static JsonValue send(String method, URI address, JsonValue body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(method + " " + address + " " + body + ": " + response.body());
            }
            try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject().get("value");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private static String awaitPort(Process driver) throws IOException {
        BufferedReader output = driver.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return ready.group(1);
            }
        }
        throw new AssertionError("chromedriver ended before it was ready");
    }
}
