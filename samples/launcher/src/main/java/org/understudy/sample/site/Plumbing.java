package org.understudy.sample.site;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadFactory;
import org.understudy.sample.common.Background;

/** Makes what a server would bring along. */
@ApplicationScoped
class Plumbing {

    @Produces
    @Singleton
    Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4));
    }

    void close(@Disposes Vertx vertx) {
        vertx.close();
    }

    @Produces
    @Background
    ThreadFactory threads() {
        return work -> {
            Thread thread = new Thread(work, "chores");
            thread.setDaemon(true);
            return thread;
        };
    }
}
