package org.understudy.sample.common;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;

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
    @Singleton
    Jsonb json() {
        return JsonbBuilder.create();
    }

    void close(@Disposes Jsonb json) throws Exception {
        json.close();
    }
}
