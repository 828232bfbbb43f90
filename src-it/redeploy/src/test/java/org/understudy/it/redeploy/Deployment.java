package org.understudy.it.redeploy;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.understudy.it.server.Server;
import org.understudy.it.support.Http;

/** The application under a name on a server, with a home and a port of its own. */
record Deployment(Server server, String name, Path war) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One that is not deployed yet. Two with the same home and port are one site. */
    static Deployment of(Server server, String name, Path home, int port) {
        return of(server, name, home, port, List.of());
    }

    /** The same with more settings. */
    static Deployment of(Server server, String name, Path home, int port, List<String> more) {
        Path war = server.folder().resolve("wars").resolve(name + ".war");
        List<String> settings =
                Stream.concat(settings(home, port).stream(), more.stream()).toList();
        return new Deployment(server, name, Wars.with(war, settings));
    }

    /** A site alone in its group. */
    static List<String> settings(Path home, int port) {
        return List.of(
                "understudy.home=" + home,
                "understudy.local-site=127.0.0.1:" + port,
                "understudy.bootstrap-helpers=127.0.0.1:" + port,
                "understudy.group-creator=true",
                "understudy.group=of-" + home.getFileName());
    }

    /** Deploys it, and waits until it takes writes. */
    void deploy() {
        server.deploy(name, war);
        awaitReady();
    }

    /** Waits until it takes writes. A server may open its port behind what it deploys. */
    void awaitReady() {
        server.awaitThat("is ready as " + name, PATIENCE, () -> get("site").contains("\"ready\":true"));
    }

    void undeploy() {
        server.undeploy(name);
    }

    /** Writes an entry, as soon as somebody takes it. */
    void put(String key, String value) {
        await().atMost(PATIENCE)
                .until(() -> requests().put("api/entries/" + key, value).ok());
    }

    String get(String what) {
        return requests().get("api/" + what).text();
    }

    /** Whether nothing answers there, not even to say that something failed. */
    boolean isGone() {
        try {
            return requests().get("api/site").status() == 404;
        } catch (UncheckedIOException e) {
            server.checkAlive();
            return true;
        }
    }

    private Http requests() {
        return server.application(name);
    }
}
