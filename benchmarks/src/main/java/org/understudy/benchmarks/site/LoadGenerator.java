package org.understudy.benchmarks.site;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.understudy.benchmarks.site.Load.Work;

/** Runs a load in the site's own process, so that every contender is called and timed by the same code. */
final class LoadGenerator {
    private static final System.Logger LOGGER = System.getLogger(LoadGenerator.class.getName());

    private final Site site;
    private final KeySpace keys;

    LoadGenerator(Site site, KeySpace keys) {
        this.site = site;
        this.keys = keys;
    }

    /** Blocks until the load is over. */
    LoadResult run(Load load) throws InterruptedException {
        SplittableRandom seeds = new SplittableRandom(load.seed());
        CountDownLatch start = new CountDownLatch(1);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < load.threads(); i++) {
            Worker worker = new Worker(load.work(), load.duration().toNanos(), seeds.split(), start);
            worker.setName("load-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        long begin = System.nanoTime();
        start.countDown();
        for (Worker worker : workers) {
            worker.join();
        }
        return result(workers, System.nanoTime() - begin);
    }

    private static LoadResult result(List<Worker> workers, long nanos) {
        LatencyHistogram all = new LatencyHistogram();
        long failures = 0;
        for (Worker worker : workers) {
            all.add(worker.latencies);
            failures += worker.failures;
        }
        return new LoadResult(all.total(), failures, nanos, all.nanosAt(0.50), all.nanosAt(0.99));
    }

    /** One of the threads that call the site. */
    private final class Worker extends Thread {
        private final Work work;
        private final long nanos;
        private final SplittableRandom random;
        private final CountDownLatch start;
        private final LatencyHistogram latencies = new LatencyHistogram();
        private long failures;

        Worker(Work work, long nanos, SplittableRandom random, CountDownLatch start) {
            this.work = work;
            this.nanos = nanos;
            this.random = random;
            this.start = start;
        }

        @Override
        public void run() {
            try {
                start.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            long end = System.nanoTime() + nanos;
            long before = System.nanoTime();
            while (before < end) {
                before = once(before);
            }
        }

        private long once(long before) {
            try {
                work.once(site, keys, random);
                long after = System.nanoTime();
                latencies.record(after - before);
                return after;
            } catch (RuntimeException e) {
                if (failures++ == 0) {
                    LOGGER.log(System.Logger.Level.WARNING, "The first failure of " + getName(), e);
                }
                return System.nanoTime();
            }
        }
    }
}
