package org.understudy.it.groups;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Write serials of their own over HTTP, at whichever site takes them, and note which of them were acknowledged. */
final class SerialWriters {

    /** What all serials begin with. */
    static final String PREFIX = "serial-";

    private static final int WRITERS = 2;
    /** Without it a site that catches up would hardly be faster than they are. */
    private static final int PAUSE_MILLIS = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** An acknowledged write, and when that was known here. */
    private record Acknowledgement(String serial, Site site, long atNanos) {}

    private final List<Site> sites;
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Acknowledgement> acknowledged = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(WRITERS);

    SerialWriters(List<Site> sites) {
        this.sites = sites;
    }

    SerialWriters start() {
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(PREFIX + i + "-");
            threads.scheduleWithFixedDelay(writer::write, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** Ends them; nothing is written any more when this returns. */
    void stop() {
        threads.shutdown();
        await("the end of the writers").atMost(PATIENCE).until(threads::isTerminated);
    }

    /** One of them: it goes on with the next site where it is not acknowledged. */
    private final class Writer {
        private final String prefix;
        private int serial;
        private int at;

        Writer(String prefix) {
            this.prefix = prefix;
        }

        void write() {
            if (!isAcknowledged(sites.get(at), prefix + serial++)) {
                at = (at + 1) % sites.size();
            }
        }
    }

    /** No serial is written twice: what was not acknowledged may be there. */
    private boolean isAcknowledged(Site site, String serial) {
        tried.add(serial);
        try {
            if (site.write(serial, value(serial)).ok()) {
                acknowledged.add(new Acknowledgement(serial, site, System.nanoTime()));
                return true;
            }
        } catch (UncheckedIOException e) {
            // Its server has gone, or went before it answered.
        }
        return false;
    }

    /** What is written under a serial. */
    static String value(String serial) {
        return "value of " + serial;
    }

    Set<String> tried() {
        return Set.copyOf(tried);
    }

    Set<String> acknowledged() {
        return acknowledged.stream().map(Acknowledgement::serial).collect(Collectors.toSet());
    }

    /** Waits until more has been acknowledged than when this was called. */
    void awaitMore() {
        int before = acknowledged.size();
        await("more than " + before + " writes at " + sites)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> acknowledged.size() > before + 2 * WRITERS);
    }

    /** When the first write after a moment was acknowledged, at another site than the one that has gone. */
    long firstAfter(long nanos, Site gone) {
        return acknowledged.stream()
                .filter(write -> write.site() != gone && write.atNanos() > nanos)
                .mapToLong(Acknowledgement::atNanos)
                .min()
                .orElseThrow();
    }
}
