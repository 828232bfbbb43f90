package org.understudy.process;

import java.io.IOException;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.understudy.UndoneTransaction;

/** The undone transactions that the process with the home reads from disk, told one by one over a connection of their own. */
final class RemoteUndone extends Spliterators.AbstractSpliterator<UndoneTransaction> {
    private final RemoteBackend backend;
    private final Call call;
    private boolean begun;
    private boolean closed;

    RemoteUndone(RemoteBackend backend, Call call) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.backend = backend;
        this.call = call;
    }

    Stream<UndoneTransaction> stream() {
        return StreamSupport.stream(this, false).onClose(this::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super UndoneTransaction> action) {
        List<UndoneTransaction> next = next();
        next.forEach(action);
        return !next.isEmpty();
    }

    private List<UndoneTransaction> next() {
        if (closed || !call.isOpen()) {
            throw backend.gone();
        }
        try {
            List<UndoneTransaction> some = call.ask(new Request.Undone(!begun));
            begun = true;
            return some;
        } catch (IOException e) {
            call.close();
            throw backend.gone();
        }
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            call.note(new Note.End());
            call.flush();
        } catch (IOException e) {
            call.close();
        }
        backend.attachment().giveBack(call);
    }
}
