package org.understudy.site;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.BranchId;
import org.understudy.ByteRange;
import org.understudy.CommitToken;
import org.understudy.Direction;
import org.understudy.backend.BackendCursor;
import org.understudy.backend.BackendTransaction;

/**
 * A transaction that another thread may end than the one that uses it, as a JTA transaction's time-out does: one call waits
 * for the other.
 */
final class SharedTransaction implements BackendTransaction {
    private final BackendTransaction transaction;
    private final Supplier<RuntimeException> whenClosed;
    private final Runnable beforeWriting;
    private boolean closed;

    /** {@code beforeWriting} throws if nothing may be written. */
    SharedTransaction(BackendTransaction transaction, Supplier<RuntimeException> whenClosed, Runnable beforeWriting) {
        this.transaction = transaction;
        this.whenClosed = whenClosed;
        this.beforeWriting = beforeWriting;
    }

    private void check() {
        if (closed) {
            throw whenClosed.get();
        }
    }

    private void checkWriting() {
        check();
        beforeWriting.run();
    }

    @Override
    public synchronized Optional<byte[]> get(String database, byte[] key) {
        check();
        return transaction.get(database, key);
    }

    @Override
    public synchronized Optional<byte[]> getForUpdate(String database, byte[] key) {
        checkWriting();
        return transaction.getForUpdate(database, key);
    }

    @Override
    public synchronized void put(String database, byte[] key, byte[] value) {
        checkWriting();
        transaction.put(database, key, value);
    }

    @Override
    public synchronized void delete(String database, byte[] key) {
        checkWriting();
        transaction.delete(database, key);
    }

    @Override
    public synchronized long count(String database) {
        check();
        return transaction.count(database);
    }

    @Override
    public synchronized BackendCursor cursor(String database, ByteRange range, Direction direction) {
        check();
        return new SharedCursor(transaction.cursor(database, range, direction));
    }

    @Override
    public synchronized BackendCursor cursorForUpdate(String database, ByteRange range, Direction direction) {
        checkWriting();
        return new SharedCursor(transaction.cursorForUpdate(database, range, direction));
    }

    @Override
    public synchronized CommitToken commit() {
        check();
        return transaction.commit();
    }

    @Override
    public synchronized CompletionStage<CommitToken> commitStaged() {
        check();
        return transaction.commitStaged();
    }

    @Override
    public synchronized boolean prepare(BranchId branch) {
        check();
        return transaction.prepare(branch);
    }

    @Override
    public synchronized void close() {
        closed = true;
        transaction.close();
    }

    /** A cursor of it, which ends with it. */
    private final class SharedCursor implements BackendCursor {
        private final BackendCursor cursor;

        SharedCursor(BackendCursor cursor) {
            this.cursor = cursor;
        }

        private <T> T exclusively(Supplier<T> call) {
            synchronized (SharedTransaction.this) {
                check();
                return call.get();
            }
        }

        @Override
        public boolean next() {
            return exclusively(cursor::next);
        }

        @Override
        public boolean seek(byte[] key) {
            return exclusively(() -> cursor.seek(key));
        }

        @Override
        public byte[] key() {
            return exclusively(cursor::key);
        }

        @Override
        public byte[] value() {
            return exclusively(cursor::value);
        }

        @Override
        public void close() {
            synchronized (SharedTransaction.this) {
                if (!closed) {
                    cursor.close();
                }
            }
        }
    }
}
