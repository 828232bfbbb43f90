package org.understudy.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where what depends on a stage runs. */
class StageTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static String threadOf(CompletionStage<?> stage) {
        return done(stage.thenApplyAsync(value -> Thread.currentThread().getName()));
    }

    @Test
    void what_depends_on_a_stage_runs_on_the_librarys_threads_however_the_stage_was_made() {
        CompletableFuture<String> completed = new Stage<>();
        completed.complete("x");
        Stream.of(completed, Stage.completed("x"), Stage.after(Duration.ofMillis(1)))
                .forEach(stage -> assertThat(threadOf(stage)).startsWith("understudy-pool-"));
        assertThat(threadOf(completed.thenApply(value -> value).thenCompose(Stage::completed)))
                .startsWith("understudy-pool-");
        assertThat(threadOf(completed.copy())).startsWith("understudy-pool-");
        assertThat(threadOf(Stage.failed(new IllegalStateException("x")).exceptionally(failure -> "y")))
                .startsWith("understudy-pool-");
    }

    @Test
    void its_threads_see_the_librarys_class_loader_and_inherit_nothing() {
        InheritableThreadLocal<String> ofServer = new InheritableThreadLocal<>();
        ofServer.set("a server's");
        Thread.currentThread().setContextClassLoader(new ClassLoader(getClass().getClassLoader()) {});
        try {
            String seen = done(Stage.completed(1)
                    .thenApplyAsync(value -> Thread.currentThread().getContextClassLoader() + " " + ofServer.get()));
            assertThat(seen).isEqualTo(Stage.class.getClassLoader() + " null");
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    void it_ends_in_time_if_nothing_else_ends_it() {
        assertThat(new Stage<String>().orTimeout(1, TimeUnit.MILLISECONDS))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(done(new Stage<String>().completeOnTimeout("late", 1, TimeUnit.MILLISECONDS)))
                .isEqualTo("late");
        CompletableFuture<String> early = new Stage<String>().completeOnTimeout("late", 1, TimeUnit.DAYS);
        early.complete("early");
        assertThat(done(early)).isEqualTo("early");
    }

    @Test
    void no_thread_stays_when_there_is_nothing_to_do() {
        done(new Stage<String>().completeOnTimeout("x", 1, TimeUnit.MILLISECONDS));
        CompletableFuture<String> early = new Stage<String>().orTimeout(1, TimeUnit.DAYS);
        early.complete("x");
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().matches("understudy-(pool|timer).*")));
    }

    @Test
    void more_than_may_run_at_once_waits_and_is_not_lost() {
        CountDownLatch all = new CountDownLatch(LibraryPool.THREADS);
        List<CompletionStage<Integer>> stages = new ArrayList<>();
        for (int i = 0; i < 3 * LibraryPool.THREADS; i++) {
            int number = i;
            stages.add(Stage.completed(number).thenApplyAsync(value -> {
                all.countDown();
                try {
                    return all.await(LONG.toSeconds(), TimeUnit.SECONDS) ? value : -1;
                } catch (InterruptedException e) {
                    return -1;
                }
            }));
        }
        for (int i = 0; i < stages.size(); i++) {
            assertThat(done(stages.get(i))).isEqualTo(i);
        }
    }
}
