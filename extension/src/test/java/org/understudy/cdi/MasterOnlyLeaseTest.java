package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.NotMasterException;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;
import org.understudy.cdi.mastership.MastershipLostException;
import org.understudy.cdi.mastership.Otherwise;

/** Methods that run on the master only, in groups with leases (protocol.md §4.5). */
@Timeout(120)
class MasterOnlyLeaseTest {

    private static final List<String> LEASES =
            List.of("understudy.lease", "1s", "understudy.quorum-loss-timeout", "60s");

    /** For how long a site was sure to be the only one, by the clock of this JVM. */
    record Turn(long beginNanos, long endNanos) {}

    @Singleton
    static class Watchman {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();

        @Inject
        Mastership mastership;

        @MasterOnly
        void watchUntilItEnds() {
            Mastership captured = mastership.captured();
            begun.countDown();
            await().atMost(ApplicationGroup.PATIENCE).until(() -> !captured.isStillMaster());
        }

        @MasterOnly(otherwise = Otherwise.SKIP)
        void takeATurn(CountDownLatch enough) throws InterruptedException {
            long begin = System.nanoTime();
            long end = begin;
            for (long asked = System.nanoTime(); mastership.isStillMaster(); asked = System.nanoTime()) {
                end = asked;
                enough.await(1, TimeUnit.MILLISECONDS);
            }
            turns.add(new Turn(begin, end));
        }
    }

    @TempDir
    Path folder;

    @Test
    void a_lease_that_nobody_renews_ends_the_call_long_before_the_majority_is_given_up() {
        try (ApplicationGroup group = ApplicationGroup.start(3, folder, LEASES, Watchman.class)) {
            Application.Started master = group.master();
            Watchman watchman = master.get(Watchman.class);
            await().atMost(ApplicationGroup.PATIENCE).until(() -> !ApplicationGroup.environment(master)
                    .status()
                    .lease()
                    .held()
                    .isZero());
            Thread others = new Thread(() -> {
                try {
                    watchman.begun.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                group.clients().forEach(group::stop);
            });
            others.start();
            assertThatThrownBy(watchman::watchUntilItEnds).isInstanceOf(MastershipLostException.class);
            assertThatThrownBy(watchman::watchUntilItEnds).isInstanceOf(NotMasterException.class);
            await().until(() -> !others.isAlive());
        }
    }

    @Test
    void two_sites_are_never_inside_at_once_while_mastership_goes_round() throws InterruptedException {
        try (ApplicationGroup group = ApplicationGroup.start(3, folder, LEASES, Watchman.class)) {
            CountDownLatch enough = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (Application.Started site : group.all()) {
                Watchman watchman = site.get(Watchman.class);
                Thread thread = new Thread(() -> takeTurns(watchman, enough));
                thread.start();
                threads.add(thread);
            }
            for (Application.Started next : group.all()) {
                awaitATurn(group.master());
                Application.Started target =
                        next == group.master() ? group.clients().get(0) : next;
                ApplicationGroup.environment(target).transferMastership(ApplicationGroup.name(target));
            }
            awaitATurn(group.master());
            enough.countDown();
            Application.Started last = group.clients().get(0);
            ApplicationGroup.environment(last).transferMastership(ApplicationGroup.name(last));
            for (Thread thread : threads) {
                thread.join();
            }
            List<Turn> turns = group.all().stream()
                    .flatMap(site -> site.get(Watchman.class).turns.stream())
                    .sorted(Comparator.comparingLong(Turn::beginNanos))
                    .toList();
            assertThat(turns).hasSizeGreaterThanOrEqualTo(3);
            for (int i = 1; i < turns.size(); i++) {
                assertThat(turns.get(i).beginNanos())
                        .as("turn %d of %s", i, turns)
                        .isGreaterThan(turns.get(i - 1).endNanos());
            }
        }
    }

    private static void takeTurns(Watchman watchman, CountDownLatch enough) {
        try {
            while (!enough.await(1, TimeUnit.MILLISECONDS)) {
                watchman.takeATurn(enough);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until its lease is there. */
    private static void awaitATurn(Application.Started site) {
        await().atMost(ApplicationGroup.PATIENCE).until(() -> !ApplicationGroup.environment(site)
                .status()
                .lease()
                .held()
                .isZero());
    }
}
