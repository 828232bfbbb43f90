package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Place;
import org.understudy.Standing;

/** One thread appends to a log on a disk while others read, force and trim it. */
class LogConcurrencyTest {
    private static final int RECORDS = 40_000;

    @TempDir
    private Path home;

    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void reading_forcing_and_trimming_go_on_beside_appending() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        LogOptions options = new LogOptions(new Place("test", Optional.empty()), 64 << 10, 16 << 10, 20_000);
        try (Log log = Log.open(new DiskDirectory(home), options, Standing.ZERO)) {
            log.append(Records.record(1, 1));
            List<Future<Long>> others = new ArrayList<>();
            others.add(executor.submit(untilDone(() -> checkForce(log))));
            others.add(executor.submit(untilDone(() -> checkForce(log))));
            others.add(executor.submit(untilDone(() -> log.trim(log.last().lsn() - 5_000))));
            others.add(executor.submit(untilDone(new Reader(log, 1))));
            others.add(executor.submit(untilDone(new Reader(log, 2))));
            SplittableRandom random = new SplittableRandom(7);
            while (log.last().lsn() < RECORDS) {
                log.append(Records.batch(1, log.last().lsn() + 1, 1 + random.nextInt(20)));
            }
            done.set(true);
            for (Future<Long> other : others) {
                assertThat(other.get()).isPositive();
            }
            assertThat(log.force()).isEqualTo(log.last().lsn());
            Records.assertRead(log, log.startLsn(), log.last().lsn());
        } finally {
            executor.shutdownNow();
        }
    }

    private Callable<Long> untilDone(Runnable work) {
        return () -> {
            long rounds = 0;
            do {
                work.run();
                rounds++;
            } while (!done.get());
            return rounds;
        };
    }

    private static void checkForce(Log log) {
        long before = log.last().lsn();
        assertThat(log.force()).isGreaterThanOrEqualTo(before);
        assertThat(log.forcedLsn()).isGreaterThanOrEqualTo(before);
    }

    private record Reader(Log log, SplittableRandom random) implements Runnable {
        private Reader(Log log, int seed) {
            this(log, new SplittableRandom(seed));
        }

        @Override
        public void run() {
            long last = log.last().lsn();
            long from = Math.max(log.startLsn(), last - random.nextInt(8_000));
            try {
                Records.assertRead(log, from, Math.min(last, from + 50));
            } catch (NoSuchElementException trimmedMeanwhile) {
                assertThat(log.startLsn()).isGreaterThan(from);
            }
        }
    }
}
