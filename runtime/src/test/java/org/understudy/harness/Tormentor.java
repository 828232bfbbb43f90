package org.understudy.harness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Draws faults from a seed and does them to a group, each for a while and at most a few at once. All on one thread. */
final class Tormentor {
    private static final int MOST_AT_ONCE = 2;
    private static final int LONGEST_PAUSE_MILLIS = 2_500;
    private static final int LONGEST_FAULT_MILLIS = 6_000;
    private static final int LONGEST_JUMP_SECONDS = 100_000;

    private final TormentedGroup group;
    private final Random random;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Set<Integer> busy = new HashSet<>();
    private final Set<Route> disturbed = new HashSet<>();
    private final TreeMap<Torment, Integer> counts = new TreeMap<>();
    private int active;
    private boolean over;

    /** Something a fault did, and what ends it. */
    private interface Heal {
        void run();
    }

    Tormentor(TormentedGroup group, long seed) {
        this.group = group;
        this.random = new Random(seed);
    }

    void begin() {
        later(0, this::next);
    }

    /** Draws no more, and returns when every fault has ended by itself. Fails if one could not be done. */
    void end() throws InterruptedException {
        later(0, () -> {
            over = true;
            if (active == 0) {
                thread.shutdown();
            }
        });
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("faults that do not end: " + counts);
        }
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
    }

    /** How many of which there were. */
    String summary() {
        return counts.toString();
    }

    private void later(int millis, Runnable what) {
        thread.schedule(
                () -> {
                    try {
                        what.run();
                    } catch (RuntimeException e) {
                        failure.completeExceptionally(e);
                        thread.shutdownNow();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void next() {
        if (over) {
            return;
        }
        if (active < MOST_AT_ONCE) {
            Torment torment = Torment.values()[random.nextInt(Torment.values().length)];
            begin(torment).ifPresent(heal -> {
                active++;
                counts.merge(torment, 1, Integer::sum);
                later(100 + random.nextInt(LONGEST_FAULT_MILLIS), () -> healed(heal));
            });
        }
        later(100 + random.nextInt(LONGEST_PAUSE_MILLIS), this::next);
    }

    private void healed(Heal heal) {
        heal.run();
        active--;
        if (over && active == 0) {
            thread.shutdown();
        }
    }

    /** Half of the time the one that is master, most likely. */
    private int victim() {
        return random.nextBoolean() ? group.lastWriter() : random.nextInt(group.size());
    }

    private Optional<Heal> begin(Torment torment) {
        int site = victim();
        return switch (torment) {
            case ISOLATED -> routes(both(from(site), to(site)), Route::cut);
            case DEAF -> routes(to(site), Route::cut);
            case MUTE -> routes(from(site), Route::cut);
            case PARTED -> routes(both(List.of(from(site).get(0)), List.of(to(site).get(0))), Route::cut);
            case SLOW -> {
                int millis = 10 + random.nextInt(300);
                yield routes(to(site), route -> route.delay(millis));
            }
            case NARROW -> {
                int bytesPerSecond = 10_000 + random.nextInt(200_000);
                yield routes(from(site), route -> route.narrow(bytesPerSecond));
            }
            case RESET -> routes(both(from(site), to(site)), Route::reset);
            case STOPPED -> alone(site, this::stop);
            case KILLED -> alone(site, this::kill);
            case ALL_KILLED -> busy.isEmpty() ? Optional.of(killAll()) : Optional.empty();
            case DISK_FULL -> group.disk(site).flatMap(disk -> alone(site, victim -> fill(victim, disk)));
            case CLOCK_JUMP -> group.clock(site).map(this::jump);
        };
    }

    private List<Route> from(int site) {
        return others(site)
                .mapToObj(other -> group.proxy().route(group.name(site), group.name(other)))
                .toList();
    }

    private List<Route> to(int site) {
        return others(site)
                .mapToObj(other -> group.proxy().route(group.name(other), group.name(site)))
                .toList();
    }

    private IntStream others(int site) {
        return IntStream.range(0, group.size()).filter(other -> other != site);
    }

    private static List<Route> both(List<Route> some, List<Route> others) {
        List<Route> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** One fault at a time on each route. */
    private Optional<Heal> routes(List<Route> routes, Consumer<Route> fault) {
        List<Route> sound = routes.stream().filter(disturbed::add).toList();
        sound.forEach(fault);
        return Optional.of(() -> {
            sound.forEach(Route::heal);
            disturbed.removeAll(sound);
        });
    }

    /** One fault at a time in each process. */
    private Optional<Heal> alone(int site, IntFunction<Heal> fault) {
        if (!busy.add(site)) {
            return Optional.empty();
        }
        Heal heal = fault.apply(site);
        return Optional.of(() -> {
            heal.run();
            busy.remove(site);
        });
    }

    private Heal stop(int site) {
        SiteProcess process = group.process(site);
        process.stop();
        return process::goOn;
    }

    private Heal kill(int site) {
        group.kill(site);
        return () -> group.restart(site);
    }

    private Heal killAll() {
        IntStream.range(0, group.size()).forEach(site -> {
            busy.add(site);
            group.kill(site);
        });
        return () -> IntStream.range(0, group.size()).forEach(site -> {
            group.restart(site);
            busy.remove(site);
        });
    }

    /** What a full disk stopped goes on only in a new process. */
    private Heal fill(int site, SmallDisk disk) {
        disk.fill();
        return () -> {
            group.kill(site);
            disk.free();
            group.restart(site);
        };
    }

    /** Forth or back, and sometimes to the true time again. */
    private Heal jump(WallClock clock) {
        clock.jump(random.nextInt(2 * LONGEST_JUMP_SECONDS) - LONGEST_JUMP_SECONDS);
        boolean comesBack = random.nextBoolean();
        return () -> {
            if (comesBack) {
                clock.jump(0);
            }
        };
    }
}
