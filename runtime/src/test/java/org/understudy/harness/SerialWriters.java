package org.understudy.harness;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.understudy.Codecs;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;

/** Writes serials of its own while its site is master, as fast as it can, and says which of them were acknowledged. */
final class SerialWriters implements SiteWork {
    static final String ACKNOWLEDGED = "ack ";

    private static final int WRITERS = 4;
    private static final String VALUE = "x".repeat(100);

    private final Environment environment;
    private final Database<Long, String> serials;
    private final long process;
    private final Speech speech;
    private final Semaphore writing = new Semaphore(WRITERS, true);

    SerialWriters(Environment environment, long process, Speech speech) {
        this.environment = environment;
        this.serials = environment.database("serials", Codecs.LONG, Codecs.STRING);
        this.process = process;
        this.speech = speech;
    }

    @Override
    public void begin() {
        for (int i = 0; i < WRITERS; i++) {
            long first = (process * WRITERS + i) << 32;
            Thread writer = new Thread(() -> write(first));
            writer.setDaemon(true);
            writer.start();
        }
    }

    @Override
    public void end() {
        writing.acquireUninterruptibly(WRITERS);
    }

    private void write(long first) {
        for (long serial = first; ; serial++) {
            writing.acquireUninterruptibly();
            try {
                if (isMaster()) {
                    serials.put(serial, VALUE);
                    speech.say(ACKNOWLEDGED + serial);
                }
            } catch (ReplicationException e) {
                speech.say("not " + e.getClass().getSimpleName());
            } finally {
                writing.release();
            }
            if (!isMaster()) {
                Awaitility.await().forever().until(this::isMaster);
            }
        }
    }

    /** Not known while the process that had the home is gone and no other has it yet. */
    private boolean isMaster() {
        try {
            return environment.role() == Role.MASTER;
        } catch (ReplicationException e) {
            speech.say("no role " + e.getClass().getSimpleName());
            return false;
        }
    }

    @Override
    public void dump(Path file) throws IOException {
        try (Transaction transaction = environment.begin(TransactionOptions.READ_ONLY);
                Cursor<Long, String> cursor = serials.cursor(transaction, KeyRange.all(), Direction.FORWARDS);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            while (cursor.next()) {
                out.writeLong(cursor.key());
            }
        }
    }
}
