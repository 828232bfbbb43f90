package org.understudy.process;

import java.io.IOException;
import org.understudy.log.MalformedValueException;

/** A subordinate's connection for calls, in the hands of one thread at a time. */
final class Call {
    private final Wire wire;

    Call(Wire wire) {
        this.wire = wire;
    }

    /** Asks, and waits for the answer. */
    <R> R ask(Request<R> request) throws IOException {
        note(request);
        wire.flush();
        byte[] answer = wire.take();
        try {
            return Messages.answer(request.getClass(), answer);
        } catch (MalformedValueException e) {
            wire.close();
            throw new IOException("the other end says what makes no sense", e);
        }
    }

    /** Says something that is not answered; it leaves with the next request, or when there is enough of it. */
    void note(Word word) throws IOException {
        wire.put(Messages.word(word));
    }

    /** Has what was said leave now. */
    void flush() throws IOException {
        wire.flush();
    }

    boolean isOpen() {
        return wire.isOpen();
    }

    void close() {
        wire.close();
    }
}
