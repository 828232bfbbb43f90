package org.understudy.harness;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.KeyRange;
import org.understudy.OutcomeUnknownException;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;

/**
 * Clients that read a few registers and write a serial of their own into them, in one transaction, and readers of
 * snapshots. All that they do, and when it began and was answered on the machine's monotonic clock, is said: before a
 * commit begins, so that even a killed process has told of every commit there may be.
 *
 * <p>Every ten seconds, on all sites at once, they go on to fresh registers, so that the history of each stays short.
 */
final class RegisterClients implements SiteWork {
    private static final int CLIENTS = 4;
    static final int REGISTERS = 48;
    private static final long EPOCH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PAUSE_MILLIS = 4;
    private static final int PAUSE_BETWEEN_READS_MILLIS = 50;
    private static final int REFUSED_ONCE_IN = 50;
    private static final AckPolicy[] WEAKER = {AckPolicy.NONE, AckPolicy.ONE, AckPolicy.ALL_AVAILABLE, AckPolicy.ALL};

    private final Environment environment;
    private final Database<Long, Long> registers;
    private final Speech speech;
    private final AtomicLong serials;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CLIENTS + 1);

    RegisterClients(Environment environment, long process, Speech speech) {
        this.environment = environment;
        this.registers = environment.database("registers", Codecs.LONG, Codecs.LONG);
        this.speech = speech;
        this.serials = new AtomicLong(process << 32);
    }

    @Override
    public void begin() {
        for (int client = 0; client < CLIENTS; client++) {
            Random random = new Random();
            threads.scheduleWithFixedDelay(
                    () -> watched(() -> commit(random)), PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        Random random = new Random();
        threads.scheduleWithFixedDelay(
                () -> watched(() -> read(random.nextInt(4) == 0)),
                PAUSE_BETWEEN_READS_MILLIS,
                PAUSE_BETWEEN_READS_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void end() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                speech.say(Talk.BROKEN + " a client does not come back within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is thrown beyond what the API promises is a fault. */
    private void watched(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            speech.say(Talk.BROKEN + " " + e);
            throw e;
        }
    }

    private void commit(Random random) {
        boolean writes =
                environment.role() == Role.MASTER || environment.config().forwardWrites();
        if (!writes && random.nextInt(REFUSED_ONCE_IN) > 0) {
            return;
        }
        AckPolicy policy = random.nextInt(8) == 0 ? WEAKER[random.nextInt(WEAKER.length)] : AckPolicy.QUORUM;
        Attempt attempt = new Attempt(serials.incrementAndGet());
        try (Transaction transaction = environment.begin(TransactionOptions.DEFAULT.withAckPolicy(policy))) {
            Map<Long, Long> read = new TreeMap<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                long key = firstRegister() + random.nextInt(REGISTERS);
                if (!read.containsKey(key)) {
                    read.put(key, registers.get(transaction, key).orElse(0L));
                    registers.put(transaction, key, attempt.serial);
                }
            }
            attempt.begin(policy, read);
            attempt.end(Talk.DONE, transaction.commit());
        } catch (InsufficientAcksException e) {
            attempt.end(Talk.WEAK, e.token());
        } catch (OutcomeUnknownException e) {
            attempt.end(Talk.UNKNOWN, e.token().isForwarded() ? CommitToken.NONE : e.token());
        } catch (ReplicationException e) {
            attempt.end(e.isRetriable() ? Talk.REFUSED : Talk.UNKNOWN, CommitToken.NONE);
        }
    }

    /** One transaction as it is told. */
    private final class Attempt {
        private final long serial;
        private boolean begun;

        Attempt(long serial) {
            this.serial = serial;
        }

        void begin(AckPolicy policy, Map<Long, Long> read) {
            begun = true;
            speech.say(Talk.TRY + " " + serial + " " + micros() + " " + policy + " " + text(read));
        }

        void end(String how, CommitToken token) {
            if (begun) {
                speech.say(how + " " + serial + " " + micros() + " " + token.generation() + " " + token.lsn());
            }
        }
    }

    private void read(boolean latest) {
        TransactionOptions options = latest
                ? TransactionOptions.READ_ONLY.withConsistency(Consistency.LATEST)
                : TransactionOptions.READ_ONLY;
        long began = micros();
        long first = firstRegister();
        Map<Long, Long> found = new TreeMap<>();
        try (Transaction transaction = environment.begin(options)) {
            for (long key = first; key < first + REGISTERS; key++) {
                long register = key;
                registers.get(transaction, key).ifPresent(value -> found.put(register, value));
            }
        } catch (ReplicationException notNow) {
            speech.say("not read: " + notNow.getClass().getSimpleName());
            return;
        }
        if (latest) {
            speech.say(Talk.LATEST + " " + began + " " + micros() + " " + first + " " + text(found));
        } else if (!found.isEmpty()) {
            speech.say(Talk.READ + " " + began + " " + micros() + " " + text(found));
        }
    }

    private static long firstRegister() {
        return System.nanoTime() / EPOCH_NANOS * REGISTERS;
    }

    /** The machine's monotonic clock, which all its processes share. */
    private static long micros() {
        return System.nanoTime() / 1000;
    }

    private static String text(Map<Long, Long> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    public void dump(Path file) throws IOException {
        try (Transaction transaction = environment.begin(TransactionOptions.READ_ONLY);
                Cursor<Long, Long> cursor = registers.cursor(transaction, KeyRange.all(), Direction.FORWARDS);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            while (cursor.next()) {
                out.writeLong(cursor.key());
                out.writeLong(cursor.value());
            }
        }
    }
}
