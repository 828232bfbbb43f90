package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.MastershipLostException;

/** Methods that run on the master only, and go on when their application has stopped. */
@Timeout(60)
class MasterOnlyStopTest {

    /** Ends when it is told to, or interrupted. */
    @Singleton
    public static class Job {
        private final CountDownLatch begun = new CountDownLatch(2);
        private final CountDownLatch go = new CountDownLatch(1);

        @MasterOnly
        public String untilTold() throws InterruptedException {
            begun.countDown();
            go.await();
            return "too late";
        }

        @MasterOnly(interrupt = true)
        public String untilInterrupted() throws InterruptedException {
            begun.countDown();
            new CountDownLatch(1).await();
            return "never";
        }
    }

    private interface Call {
        String now() throws InterruptedException;
    }

    @TempDir
    Path home;

    private static Future<String> inBackground(Call call) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.now());
            } catch (InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    @Test
    void they_are_cut_off_and_their_callers_told_though_no_container_is_left_to_fire_an_event() throws Exception {
        Future<String> told;
        Future<String> interrupted;
        Job job;
        try (Application.Started application =
                Application.start(List.of("understudy.home", home.toString()), Job.class)) {
            job = application.get(Job.class);
            told = inBackground(job::untilTold);
            interrupted = inBackground(job::untilInterrupted);
            job.begun.await();
        }
        assertThatThrownBy(() -> interrupted.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MastershipLostException.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
        job.go.countDown();
        assertThatThrownBy(() -> told.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(MastershipLostException.class);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("understudy-master-only"));
    }
}
