package org.understudy.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Runs one seed after the other until time is up or one fails, or several where it is told to go on, on every processor; each
 * run has one thread of its own.
 */
final class Search {
    private static final int REPEATED_ONE_IN = 100;

    private final Replicas replicas;
    private final LongFunction<Mix> mixes;
    private final AtomicLong nextSeed;
    private final long firstSeed;
    private long lastSeed = Long.MAX_VALUE;
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private long seeds;
    private long steps;
    private long commits;
    private final Map<String, Long> halted = new TreeMap<>();
    private long repeated;
    private long lost;
    private final List<Result> failed = new ArrayList<>();
    private int failuresToEnd = 1;
    private long nanos;

    Search(Replicas replicas, LongFunction<Mix> mixes, long firstSeed) {
        this.replicas = replicas;
        this.mixes = mixes;
        this.nextSeed = new AtomicLong(firstSeed);
        this.firstSeed = firstSeed;
    }

    /** Goes through so many seeds at most: then the verdict doesn't depend on how fast the machine is. */
    Search upTo(long count) {
        lastSeed = firstSeed + count - 1;
        return this;
    }

    /** Goes on after a failure, tells each as it comes, and ends only with so many. */
    Search untilFailures(int count) {
        failuresToEnd = count;
        return this;
    }

    /** Searches for so long. */
    Search searchFor(long millis) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(new Thread(() -> search(end), "search-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        nanos = System.nanoTime() - begin;
        return this;
    }

    private void search(long end) {
        long seed = nextSeed.getAndIncrement();
        while (seed <= lastSeed && System.nanoTime() < end && !isEnded()) {
            Result result = Run.of(mixes.apply(seed), replicas);
            add(result);
            if (seed % REPEATED_ONE_IN == 0) {
                repeat(result);
            }
            seed = nextSeed.getAndIncrement();
        }
    }

    private void repeat(Result first) {
        Result second = Run.of(first.mix(), replicas);
        synchronized (this) {
            repeated++;
            if (first.traceHash() != second.traceHash()) {
                fail(second.withFailure(new Failure(
                        "equal seeds give equal runs: seed " + first.mix().seed() + " gave two different ones",
                        second.steps(),
                        List.of())));
            }
        }
    }

    private synchronized boolean isEnded() {
        return failed.size() >= failuresToEnd;
    }

    private synchronized void fail(Result result) {
        failed.add(result);
        if (failuresToEnd > 1) {
            System.out.println("simulation: seed " + result.mix().seed() + " fails, the search goes on: "
                    + result.failure().orElseThrow().promise());
        }
    }

    private synchronized void add(Result result) {
        seeds++;
        steps += result.steps();
        commits += result.commits();
        lost += result.lost();
        result.halted().ifPresent(why -> halted.merge(why, 1L, Long::sum));
        result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        if (result.failure().isPresent()) {
            fail(result);
        }
    }

    /** The first run that failed. */
    synchronized Optional<Result> failed() {
        return failed.stream().findFirst();
    }

    /** The seeds of all runs that failed. */
    synchronized List<Long> failedSeeds() {
        return failed.stream().map(result -> result.mix().seed()).toList();
    }

    /** What was gone through, for people. */
    synchronized String summary() {
        StringBuilder text = new StringBuilder();
        double seconds = nanos / 1e9;
        text.append(String.format(
                Locale.ROOT,
                "%d seeds, %d core steps (%.0f a second), %d commits in %.0f s; %d seeds repeated; in %d the healed"
                        + " sites could not go on, because%n",
                seeds,
                steps,
                steps / seconds,
                commits,
                seconds,
                repeated,
                halted.values().stream().mapToLong(Long::longValue).sum()));
        halted.forEach((why, count) -> text.append(String.format(Locale.ROOT, "  %6d: %s%n", count, why)));
        text.append(String.format(Locale.ROOT, "  %6d commits lost where PossibleLoss was told%n", lost));
        faults.forEach((kind, count) -> text.append(String.format(Locale.ROOT, "  %-24s %10d%n", kind, count)));
        return text.toString();
    }

    long steps() {
        return steps;
    }
}
