package org.understudy.process;

import java.io.IOException;
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
 * A transaction that the process with the home holds, over a connection of its own. Its writes leave without waiting for an
 * answer, with what is asked next; what goes wrong with one is told then, at the latest at the commit.
 */
final class RemoteTransaction implements BackendTransaction {
    private final RemoteBackend backend;
    private final Call call;
    private final boolean readOnly;
    private int cursors;
    private boolean wrote;
    private boolean over;

    RemoteTransaction(RemoteBackend backend, Call call, boolean readOnly) {
        this.backend = backend;
        this.call = call;
        this.readOnly = readOnly;
    }

    @Override
    public Optional<byte[]> get(String database, byte[] key) {
        return ask(new Request.Read(database, key, false));
    }

    @Override
    public Optional<byte[]> getForUpdate(String database, byte[] key) {
        checkWritable();
        return ask(new Request.Read(database, key, true));
    }

    @Override
    public void put(String database, byte[] key, byte[] value) {
        checkWritable();
        backend.checkSize(key.length + (long) value.length);
        wrote = true;
        note(new Note.Put(database, key, value));
    }

    @Override
    public void delete(String database, byte[] key) {
        checkWritable();
        wrote = true;
        note(new Note.Delete(database, key));
    }

    @Override
    public long count(String database) {
        return ask(new Request.Count(database));
    }

    @Override
    public BackendCursor cursor(String database, ByteRange range, Direction direction) {
        return open(database, range, direction, false);
    }

    @Override
    public BackendCursor cursorForUpdate(String database, ByteRange range, Direction direction) {
        checkWritable();
        return open(database, range, direction, true);
    }

    private BackendCursor open(String database, ByteRange range, Direction direction, boolean forUpdate) {
        int number = ++cursors;
        int atMost = ProcessLimits.FIRST_FETCH;
        return new RemoteCursor(
                this, number, ask(new Request.OpenCursor(number, database, range, direction, forUpdate, atMost)));
    }

    private void checkWritable() {
        if (readOnly) {
            throw new IllegalStateException("The transaction is read-only; begin one that isn't to write");
        }
    }

    @Override
    public CommitToken commit() {
        Supplier<RuntimeException> ifLost = wrote ? backend::unknown : backend::gone;
        try {
            CommitToken token = ask(new Request.Commit(), ifLost);
            release();
            return token;
        } catch (RuntimeException e) {
            throw backend.failed(e);
        }
    }

    @Override
    public boolean prepare(BranchId branch) {
        try {
            boolean promised = ask(new Request.Prepare(branch), wrote ? backend::unknown : backend::gone);
            release();
            return promised;
        } catch (RuntimeException e) {
            throw backend.failed(e);
        }
    }

    @Override
    public CompletionStage<CommitToken> commitStaged() {
        Attachment attachment = backend.attachment();
        long number = attachment.nextNumber();
        CompletionStage<CommitToken> outcome =
                attachment.expect(number, Request.Commit.class, wrote ? backend::unknown : backend::gone);
        try {
            ask(new Request.CommitStaged(number), wrote ? backend::unknown : backend::gone);
        } catch (RuntimeException e) {
            attachment.forget(number);
            throw e;
        }
        release();
        return backend.watched(outcome);
    }

    <R> R ask(Request<R> request) {
        return ask(request, backend::gone);
    }

    private <R> R ask(Request<R> request, Supplier<RuntimeException> ifLost) {
        if (!call.isOpen()) {
            throw backend.gone();
        }
        try {
            return call.ask(request);
        } catch (IOException e) {
            call.close();
            throw ifLost.get();
        }
    }

    void note(Note note) {
        if (!call.isOpen()) {
            throw backend.gone();
        }
        try {
            call.note(note);
        } catch (IOException e) {
            call.close();
            throw backend.gone();
        }
    }

    /** Ends a scan, unless the transaction has ended and the scan with it. */
    void closeCursor(int cursor) {
        if (!over && call.isOpen()) {
            note(new Note.CloseCursor(cursor));
        }
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        if (call.isOpen()) {
            try {
                call.note(new Note.End());
                call.flush();
            } catch (IOException e) {
                call.close();
            }
        }
        release();
    }

    private void release() {
        over = true;
        backend.attachment().giveBack(call);
    }
}
