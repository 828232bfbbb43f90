package org.understudy.process;

import java.util.List;
import java.util.Optional;
import org.understudy.backend.BackendCursor;
import org.understudy.process.Batch.KeyValue;

/** A scan that the process with the home does, fetched in batches that grow as it goes on. */
final class RemoteCursor implements BackendCursor {
    private final RemoteTransaction transaction;
    private final int number;
    private Batch batch;
    private int at = -1;
    private int atMost = 2 * ProcessLimits.FIRST_FETCH;
    private boolean closed;

    RemoteCursor(RemoteTransaction transaction, int number, Batch first) {
        this.transaction = transaction;
        this.number = number;
        this.batch = first;
    }

    @Override
    public boolean next() {
        checkOpen();
        if (at + 1 < batch.entries().size()) {
            at++;
            return true;
        }
        return fetch(Optional.empty());
    }

    @Override
    public boolean seek(byte[] key) {
        checkOpen();
        batch = new Batch(List.of(), true);
        return fetch(Optional.of(key));
    }

    private boolean fetch(Optional<byte[]> seek) {
        if (batch.more()) {
            batch = Batch.NONE;
            batch = transaction.ask(new Request.Fetch(number, seek, atMost));
            atMost = Math.min(ProcessLimits.MAX_FETCH, atMost * 2);
        } else {
            batch = Batch.NONE;
        }
        at = 0;
        return !batch.entries().isEmpty();
    }

    private void checkOpen() {
        if (closed || transaction.isOver()) {
            throw new IllegalStateException("The cursor is closed; open another one");
        }
    }

    @Override
    public byte[] key() {
        return entry().key();
    }

    @Override
    public byte[] value() {
        return entry().value();
    }

    private KeyValue entry() {
        if (at < 0 || at >= batch.entries().size()) {
            throw new IllegalStateException(
                    "The cursor stands on no entry; move it first, and mind whether it found one");
        }
        return batch.entries().get(at);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            transaction.closeCursor(number);
        }
    }
}
