package org.understudy.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.understudy.it.support.Http;

/** The server that this run of the tests is about, and where it and its application can be found. */
enum Server {
    WILDFLY("wildfly/log/server.log"),
    LIBERTY("liberty/servers/" + System.getProperty("run.liberty.server") + "/logs/messages.log"),
    PAYARA("payara/server.log.0");

    private final String log;

    Server(String log) {
        this.log = log;
    }

    /** The one of this run. */
    static Server current() {
        return valueOf(System.getProperty("arquillian.launch").toUpperCase(Locale.ROOT));
    }

    /** How Arquillian calls it. */
    String qualifier() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Requests to the application. */
    Http application() {
        return new Http(port("run.http.port"), "application/api");
    }

    /** Requests to MicroProfile Health: WildFly answers them where it is managed, the others where applications are. */
    Http health() {
        return new Http(port(this == WILDFLY ? "run.management.port" : "run.http.port"), "health");
    }

    /** Waits until an application that was undeployed is gone: Payara Micro is a process for each, which ends by and by. */
    void awaitUndeployed() {
        if (this == PAYARA) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ProcessHandle.current().children().findAny().isEmpty());
        }
    }

    /** Its log. */
    Path log() {
        return folder().resolve(log);
    }

    /** Where all is that belongs to this run. */
    static Path folder() {
        return Path.of(System.getProperty("run.folder"));
    }

    private static int port(String property) {
        return Integer.getInteger(property);
    }
}
