package org.understudy.site.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thread, in order. */
class WorkerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Worker worker = new Worker("test-worker");
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        worker.close(LONG);
    }

    private CountDownLatch blockIt() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        worker.submit(() -> {
            begun.countDown();
            awaitQuietly(release);
        });
        awaitQuietly(begun);
        return release;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void jobs_are_done_in_order_and_urgent_ones_first() {
        CountDownLatch release = blockIt();
        worker.submit(() -> done.add("a"));
        worker.submit(() -> done.add("b"));
        worker.submitFirst(() -> done.add("first"));
        release.countDown();
        assertThat(worker.close(LONG)).isTrue();
        assertThat(done).containsExactly("first", "a", "b");
    }

    @Test
    void a_job_may_absorb_those_right_behind_it() {
        CountDownLatch release = blockIt();
        worker.submit(new Adding("a"));
        worker.submit(new Adding("b"));
        worker.submit(() -> done.add("between"));
        worker.submit(new Adding("c"));
        release.countDown();
        worker.close(LONG);
        assertThat(done).containsExactly("ab", "between", "c");
    }

    @Test
    void a_job_that_throws_does_not_end_the_worker() {
        worker.submit(() -> {
            throw new IllegalStateException("a test's");
        });
        worker.submit(() -> done.add("a"));
        worker.close(LONG);
        assertThat(done).containsExactly("a");
    }

    @Test
    void a_closed_worker_takes_nothing() {
        worker.close(LONG);
        assertThat(worker.submit(() -> done.add("a"))).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void closing_on_the_worker_itself_does_not_wait() {
        worker.submit(() -> done.add(String.valueOf(worker.close(LONG))));
        await().until(() -> done.contains("false"));
    }

    @Test
    void an_idle_worker_ticks() {
        AtomicInteger ticks = new AtomicInteger();
        Worker ticking = new Worker("test-ticking", Duration.ofMillis(1), ticks::incrementAndGet);
        ticking.start();
        await().until(() -> ticks.get() > 2);
        assertThat(ticking.close(LONG)).isTrue();
    }

    private final class Adding implements Worker.Job {
        private String text;

        Adding(String text) {
            this.text = text;
        }

        @Override
        public boolean absorb(Worker.Job next) {
            if (next instanceof Adding other) {
                text += other.text;
                return true;
            }
            return false;
        }

        @Override
        public void run() {
            done.add(text);
        }
    }
}
