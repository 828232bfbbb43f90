package org.understudy.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What applications make to depend on calls may block, and nobody else waits for ever. */
@Timeout(120)
class LibraryPoolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch free = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        free.countDown();
    }

    private void block(int times) throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(times);
        for (int i = 0; i < times; i++) {
            LibraryPool.executor().execute(() -> {
                blocked.countDown();
                awaitZero(free);
            });
        }
        assertThat(blocked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitZero(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_comes_while_all_threads_block_is_run_all_the_same() throws InterruptedException {
        block(LibraryPool.THREADS);
        assertThat(new Stage<Void>().completeAsync(() -> null)).succeedsWithin(PATIENCE);
        assertThat(Stage.after(Duration.ofMillis(1))).succeedsWithin(PATIENCE);
    }

    /** Each blocks a thread until a call has ended, whose end needs a thread. */
    @Test
    void calls_that_wait_for_calls_come_to_an_end_however_many_there_are() {
        CountDownLatch all = new CountDownLatch(LibraryPool.THREADS);
        List<CompletableFuture<Void>> outer = new ArrayList<>();
        for (int i = 0; i < 3 * LibraryPool.THREADS; i++) {
            outer.add(new Stage<Void>().completeAsync(() -> {
                all.countDown();
                awaitZero(all);
                return new Stage<Void>().completeAsync(() -> null).join();
            }));
        }
        outer.forEach(call -> assertThat(call).succeedsWithin(PATIENCE));
    }
}
