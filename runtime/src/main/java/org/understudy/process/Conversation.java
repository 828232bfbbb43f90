package org.understudy.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.understudy.UndoneTransaction;
import org.understudy.backend.Backend;
import org.understudy.backend.BackendCursor;
import org.understudy.backend.BackendTransaction;
import org.understudy.log.MalformedValueException;

/**
 * One connection for calls of a subordinate, on a thread that stands for the one that calls there. What it has open, a
 * transaction with its scans, ends with the connection at the latest.
 */
final class Conversation implements Runnable {
    private final ServedProcess process;
    private final Wire wire;
    private final Map<Integer, BackendCursor> cursors = new HashMap<>();
    private Optional<BackendTransaction> transaction = Optional.empty();
    private Optional<Stream<UndoneTransaction>> undone = Optional.empty();
    private Iterator<UndoneTransaction> undoneLeft =
            List.<UndoneTransaction>of().iterator();
    private Optional<RuntimeException> failed = Optional.empty();

    Conversation(ServedProcess process, Wire wire) {
        this.process = process;
        this.wire = wire;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Word word = Messages.word(wire.take());
                if (word instanceof Note note) {
                    take(note);
                } else {
                    wire.put(answer((Request<?>) word));
                    wire.flush();
                }
            }
        } catch (IOException e) {
            process.left(wire, e.getMessage());
        } catch (MalformedValueException e) {
            process.misunderstood(e);
        } finally {
            end();
            wire.close();
        }
    }

    private void take(Note note) {
        try {
            note.take(this);
        } catch (RuntimeException e) {
            failed = failed.or(() -> Optional.of(e));
        }
    }

    private byte[] answer(Request<?> request) {
        try {
            if (failed.isPresent()) {
                throw failed.get();
            }
            return Messages.result(request.getClass(), request.answer(this));
        } catch (RuntimeException e) {
            return Messages.failure(process.explained(e));
        } finally {
            if (request instanceof Request.Commit
                    || request instanceof Request.CommitStaged
                    || request instanceof Request.Prepare) {
                end();
            }
        }
    }

    ServedProcess process() {
        return process;
    }

    Backend backend() {
        return process.backend();
    }

    // ---- the transaction ----

    void took(BackendTransaction begun) {
        end();
        transaction = Optional.of(begun);
    }

    BackendTransaction transaction() {
        return transaction.orElseThrow(() -> new IllegalStateException("no transaction is open on this connection"));
    }

    /** The transaction, which somebody else sees to from now on. */
    BackendTransaction letGo() {
        BackendTransaction mine = transaction();
        closeCursors();
        transaction = Optional.empty();
        return mine;
    }

    void opened(int number, BackendCursor cursor) {
        cursors.put(number, cursor);
    }

    BackendCursor cursor(int number) {
        return Optional.ofNullable(cursors.get(number))
                .orElseThrow(() -> new IllegalStateException("The cursor is closed; open another one"));
    }

    void closeCursor(int number) {
        Optional.ofNullable(cursors.remove(number)).ifPresent(BackendCursor::close);
    }

    private void closeCursors() {
        cursors.values().forEach(BackendCursor::close);
        cursors.clear();
    }

    /** Nothing is open any more. */
    void end() {
        failed = Optional.empty();
        closeCursors();
        transaction.ifPresent(BackendTransaction::close);
        transaction = Optional.empty();
        undone.ifPresent(Stream::close);
        undone = Optional.empty();
    }

    // ---- what was rolled back ----

    List<UndoneTransaction> undone(boolean first) {
        if (first) {
            end();
            Stream<UndoneTransaction> all = backend().rolledBack();
            undone = Optional.of(all);
            undoneLeft = all.iterator();
        }
        List<UndoneTransaction> some = new ArrayList<>();
        if (undoneLeft.hasNext()) {
            some.add(undoneLeft.next());
        }
        return some;
    }
}
