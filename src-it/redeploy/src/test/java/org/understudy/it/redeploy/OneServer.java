package org.understudy.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.understudy.it.server.Server;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Jdk;

/** An application that comes and goes on one server. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
abstract class OneServer {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMES = 5;

    /**
     * The JDK keeps the type that it made a record's methods for last, until there is another; so a class loader stays, and
     * with it, by way of Liberty's loggers, the one that used them first. More than that would be a leak.
     */
    static final int LAST = 2;

    /** Of each copy of the native library something stays (docs/servers.md). */
    private static final long LIBRARY_KIBIBYTES = 300;

    final Path folder;
    final Server server;

    OneServer(ServerKind kind) {
        this.folder = fresh(kind.name().toLowerCase(Locale.ROOT));
        this.server = kind.in(folder);
    }

    /** What the server is given before it starts. */
    void prepare() {}

    /** The one that the server runs on; empty if there is none of the kind that is wanted. */
    Optional<Jdk> jdk() {
        return Optional.of(Jdk.running());
    }

    /** Without the data of an earlier run, whose ports were others. */
    private static Path fresh(String name) {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void start() {
        assumeThat(jdk())
                .as("a JDK newer than this one, which is %s", Jdk.running())
                .isPresent();
        prepare();
        // What is only softly reachable is no leak, and goes at once.
        server.on(jdk().orElseThrow())
                .withVariable("JAVA_TOOL_OPTIONS", "-XX:SoftRefLRUPolicyMSPerMB=0")
                .start();
    }

    /** What fails because the server has died is to say so. */
    @AfterEach
    void checkAlive() {
        server.checkAlive();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    final Path home(String name) {
        return folder.resolve("data").resolve(name);
    }

    static int port() {
        return FreePorts.find(1).get(0);
    }

    /** Deploys an application five times, with all that it had written before. */
    final void redeploy(Deployment application) {
        for (int i = 1; i <= TIMES; i++) {
            application.deploy();
            application.put("k" + i, "of deployment " + i);
            assertThat(application.get("entries").lines()).hasSize(i);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(application.get("events/at-once"))
                    .contains("BecameMaster"));
            application.undeploy();
        }
    }

    /** Looks until only what RocksDB itself has may be left of an application with a home. */
    final void awaitGone(Deployment application, Path home, Consumer<Traces> more) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(application.isGone()).isTrue();
            Traces traces = Traces.of(server, home);
            assertThat(traces.files()).as("open files").isEmpty();
            assertThat(traces.temporary()).as("temporary files").isEmpty();
            more.accept(traces);
        });
    }

    /** With a copy of RocksDB in each; the server may have threads of one of its own. */
    final void redeployWithRocksDb(long threadsOfServer) {
        Path home = home("redeployed");
        Deployment application = Deployment.of(server, "redeployed", home, port());
        redeploy(application);
        awaitGone(application, home, traces -> {
            assertThat(traces.loaders()).as("class loaders: %s", traces).isLessThanOrEqualTo(LAST);
            assertThat(traces.nativeThreads()).as("native threads").isEqualTo(threadsOfServer);
            assertThat(traces.libraryKibibytes())
                    .as("memory of each copy of the native library")
                    .isBetween(1L, LIBRARY_KIBIBYTES);
            assertThat(traces.threads()).as("threads").isEmpty();
        });
    }
}
