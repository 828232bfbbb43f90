package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Vert.x for one test, which fails when something blocked an event loop or threw on one. */
final class VertxUnderWatch implements BeforeEachCallback, AfterEachCallback {
    private static final Logger TRANSPORT_LOG = Logger.getLogger(Transport.class.getName());
    // Warns with a stack trace when the first to connect comes while its server closes.
    static final Logger NETTY_LOG = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

    private final List<TestSite> sites = new ArrayList<>();
    private final List<String> blocked = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private Vertx vertx;

    Vertx vertx() {
        return vertx;
    }

    TestSite site() {
        return site(TransportOptions.defaults());
    }

    TestSite site(TransportOptions options) {
        return closing(TestSite.start(vertx, options));
    }

    TestSite closing(TestSite site) {
        sites.add(site);
        return site;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        TRANSPORT_LOG.setLevel(Level.OFF);
        NETTY_LOG.setUseParentHandlers(false);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        vertx.exceptionHandler(thrown::add);
        ((VertxInternal) vertx).blockedThreadChecker().setThreadBlockedHandler(event -> {
            StringBuilder where = new StringBuilder(event.thread().getName());
            for (StackTraceElement element : event.thread().getStackTrace()) {
                where.append("\n\tat ").append(element);
            }
            blocked.add(where.toString());
        });
    }

    @Override
    public void afterEach(ExtensionContext test) {
        sites.forEach(TestSite::close);
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        TRANSPORT_LOG.setLevel(null);
        NETTY_LOG.setUseParentHandlers(true);
        assertThat(blocked).as("event loops that were blocked").isEmpty();
        assertThat(thrown).as("exceptions on event loops").isEmpty();
    }
}
