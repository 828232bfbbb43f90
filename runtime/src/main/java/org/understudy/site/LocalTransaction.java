package org.understudy.site;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.understudy.BranchId;
import org.understudy.ByteRange;
import org.understudy.CommitToken;
import org.understudy.Direction;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.TransactionOptions;
import org.understudy.backend.BackendCursor;
import org.understudy.backend.BackendTransaction;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.Stage;

/** A transaction of this process's own storage. */
final class LocalTransaction implements BackendTransaction {
    /** About what a change takes in a record beside its key and value. */
    private static final int CHANGE_BYTES = 16;

    private final LocalBackend backend;
    private final StoreTransaction transaction;
    private final TransactionOptions options;
    private int bytes;

    LocalTransaction(LocalBackend backend, StoreTransaction transaction, TransactionOptions options) {
        this.backend = backend;
        this.transaction = transaction;
        this.options = options;
    }

    @Override
    public Optional<byte[]> get(String database, byte[] key) {
        backend.check();
        try {
            return transaction.get(database, key);
        } catch (EnvironmentCorruptedException e) {
            backend.damaged(e);
            throw e;
        }
    }

    @Override
    public Optional<byte[]> getForUpdate(String database, byte[] key) {
        backend.check();
        return backend.reading(() -> transaction.getForUpdate(database, key));
    }

    @Override
    public void put(String database, byte[] key, byte[] value) {
        backend.check();
        transaction.put(database, key, value);
        wrote(key.length + value.length);
    }

    @Override
    public void delete(String database, byte[] key) {
        backend.check();
        transaction.delete(database, key);
        wrote(key.length);
    }

    private void wrote(int changeBytes) {
        bytes = (int) Math.min(Integer.MAX_VALUE, (long) bytes + changeBytes + CHANGE_BYTES);
    }

    @Override
    public long count(String database) {
        backend.check();
        return backend.reading(() -> transaction.count(database));
    }

    @Override
    public BackendCursor cursor(String database, ByteRange range, Direction direction) {
        backend.check();
        return backend.reading(() -> new LocalCursor(backend, transaction.cursor(database, range, direction)));
    }

    @Override
    public BackendCursor cursorForUpdate(String database, ByteRange range, Direction direction) {
        backend.check();
        return backend.reading(() -> new LocalCursor(backend, transaction.cursorForUpdate(database, range, direction)));
    }

    @Override
    public CommitToken commit() {
        backend.check();
        return transaction.hasWrites() ? backend.commit(transaction, bytes, options) : readOnlyCommit();
    }

    @Override
    public CompletionStage<CommitToken> commitStaged() {
        backend.check();
        return transaction.hasWrites()
                ? Commits.attempt(() -> backend.commitStaged(transaction, bytes, options))
                : Stage.completed(readOnlyCommit());
    }

    @Override
    public boolean prepare(BranchId branch) {
        backend.check();
        if (!transaction.hasWrites()) {
            readOnlyCommit();
            return false;
        }
        backend.prepare(branch, transaction, options);
        return true;
    }

    /** What was read is the truth at the snapshot; a transaction that was ended meanwhile must say so all the same. */
    private CommitToken readOnlyCommit() {
        if (!transaction.isOpen()) {
            transaction.standing();
        }
        return CommitToken.NONE;
    }

    @Override
    public void close() {
        transaction.close();
    }
}
