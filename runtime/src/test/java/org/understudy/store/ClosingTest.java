package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.EnvironmentClosedException;
import org.understudy.SnapshotLostException;

/** Closing, swapping and going back under threads that read: a native call too late would end the process. */
class ClosingTest {
    private static final int THREADS = 6;

    @TempDir
    Path folder;

    private final AtomicLong reads = new AtomicLong();

    @RepeatedTest(5)
    void threads_that_read_while_the_store_closes_are_told_so() throws Exception {
        Site site = filled("closing");
        List<Future<?>> readers = new ArrayList<>();
        ExecutorService threads = start(site, readers);
        site.close();
        for (Future<?> reader : readers) {
            assertThat(failure(reader)).isInstanceOf(EnvironmentClosedException.class);
        }
        threads.shutdown();
    }

    @Test
    void threads_that_read_while_the_data_goes_back_and_is_swapped_go_on() throws Exception {
        Site site = filled("swapping");
        List<Future<?>> readers = new ArrayList<>();
        ExecutorService threads = start(site, readers);
        for (int i = 0; i < 10; i++) {
            long match = site.log.lastLsn();
            site.put("names", "k1", "taken back");
            site.commit(DatabaseCommand.remove("other"), BlindWrite.put("other", bytes("k"), bytes("v")));
            site.rollback(match);
            site.store.checkpoint(folder.resolve("checkpoint" + i));
            site.store.replaceWith(folder.resolve("checkpoint" + i));
            site.store.resetDone();
            site.store.expireTransactions();
            site.commit(BlindWrite.truncate("other"), BlindWrite.put("other", bytes("k"), bytes("v")));
            site.store.onPermanent(site.log.lastLsn());
        }
        long before = reads.get();
        while (reads.get() < before + 1000) {
            Thread.onSpinWait();
        }
        site.close();
        for (Future<?> reader : readers) {
            assertThat(failure(reader)).isInstanceOf(EnvironmentClosedException.class);
        }
        threads.shutdown();
    }

    private Site filled(String name) {
        Site site = new Site(folder.resolve(name));
        site.newGeneration();
        for (int i = 0; i < 100; i++) {
            site.put("names", "k" + i, "v");
        }
        site.put("other", "k", "v");
        return site;
    }

    private ExecutorService start(Site site, List<Future<?>> readers) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch started = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            int kind = i % 3;
            readers.add(threads.submit(() -> {
                started.countDown();
                while (true) {
                    read(site.store, kind);
                    reads.incrementAndGet();
                }
            }));
        }
        started.await();
        return threads;
    }

    private static void read(Store store, int kind) {
        if (kind == 0) {
            assertThat(store.get("names", bytes("k1"))).isPresent();
            store.get("other", bytes("k"));
            return;
        }
        try (StoreTransaction transaction = store.begin(kind == 1)) {
            transaction.get("other", bytes("k"));
            StoreCursor cursor = transaction.cursor("names", ByteRange.ALL, Direction.FORWARDS);
            while (cursor.next()) {
                assertThat(cursor.key()).isNotEmpty();
            }
            if (kind == 2) {
                cursor.close();
            }
        } catch (SnapshotLostException wentBack) {
            assertThat(wentBack.isRetriable()).isTrue();
        }
    }

    private static Throwable failure(Future<?> reader) throws InterruptedException {
        try {
            reader.get();
            throw new AssertionError("a reader ended without being told why");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
