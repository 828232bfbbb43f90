package org.understudy.site;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.understudy.Codecs;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.KeyRange;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;

/**
 * A process that is a site, to be killed. Writes serials of its own while it is master, and says on its standard output
 * which of them were acknowledged; takes orders on its standard input, and ends with that.
 */
final class KilledSite {
    private static final int WRITERS = 4;
    private static final String VALUE = "x".repeat(100);

    private final Environment environment;
    private final Database<Long, String> serials;
    private final Semaphore writing = new Semaphore(WRITERS, true);

    private KilledSite(Environment environment) {
        this.environment = environment;
        this.serials = environment.database("serials", Codecs.LONG, Codecs.STRING);
    }

    /** Arguments: home, own name, all names with commas, durability, number of this process. */
    public static void main(String[] arguments) throws IOException {
        EnvironmentConfig config = EnvironmentConfig.builder(Path.of(arguments[0]))
                .localSite(arguments[1])
                .bootstrapHelpers(List.of(arguments[2].split(",")))
                .groupCreator(arguments[2].startsWith(arguments[1]))
                .durability(Durability.valueOf(arguments[3]))
                .set("heartbeat-send", "200ms")
                .set("heartbeat-monitor", "2s")
                .set("election-timeout", "1s")
                .set("election-retry", "500ms")
                .set("connection-retry", "100ms")
                .set("connection-retry-max", "500ms")
                .set("join-timeout", "60s")
                .set("segment-size", "256KiB")
                .set("log-retention", "2MiB")
                .set("write-buffer", "1MiB")
                .build();
        try (Environment environment = Environment.open(config)) {
            environment.startAsync().whenComplete((nothing, failure) -> say(failure == null ? "ready" : "late"));
            new KilledSite(environment).obey(Long.parseLong(arguments[4]));
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }

    private void obey(long process) throws IOException {
        for (int i = 0; i < WRITERS; i++) {
            long first = (process * WRITERS + i) << 32;
            CompletableFuture.runAsync(() -> write(first), task -> new Thread(task).start());
        }
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null && !order.equals("end"); order = orders.readLine()) {
            if (order.equals("quiet")) {
                writing.acquireUninterruptibly(WRITERS);
                say("quiet");
            } else if (order.equals("where")) {
                say("at " + environment.status().local().appliedLsn() + " "
                        + environment.status().local().ready());
            } else {
                dump(Path.of(order));
                say("dumped");
            }
        }
    }

    private void write(long first) {
        for (long serial = first; ; serial++) {
            writing.acquireUninterruptibly();
            try {
                if (environment.role() == Role.MASTER) {
                    serials.put(serial, VALUE);
                    say("ack " + serial);
                }
            } catch (ReplicationException e) {
                say("not " + e.getClass().getSimpleName());
            } finally {
                writing.release();
            }
            if (environment.role() != Role.MASTER) {
                Awaitility.await().forever().until(() -> environment.role() == Role.MASTER);
            }
        }
    }

    private void dump(Path file) throws IOException {
        try (Transaction transaction = environment.begin(TransactionOptions.READ_ONLY);
                Cursor<Long, String> cursor = serials.cursor(transaction, KeyRange.all(), Direction.FORWARDS);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            while (cursor.next()) {
                out.writeLong(cursor.key());
            }
        }
    }
}
