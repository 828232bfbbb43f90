package org.understudy.sample.common;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Makes what several beans use. */
@ApplicationScoped
class Plumbing {

    private static final int THREADS = 4;

    @Produces
    @Singleton
    Jsonb json() {
        return JsonbBuilder.create();
    }

    void close(@Disposes Jsonb json) throws Exception {
        json.close();
    }

    @Produces
    @Singleton
    @Background
    ScheduledExecutorService executor(@Background ThreadFactory threads) {
        return Executors.newScheduledThreadPool(THREADS, threads);
    }

    void close(@Disposes @Background ScheduledExecutorService executor) {
        executor.shutdownNow();
    }
}
