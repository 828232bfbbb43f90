package org.understudy.cdi.mastership;

import java.util.Optional;

/** A call that another site has forwarded, on the thread that carries it out: it is not forwarded any further. */
final class ForwardedCall implements AutoCloseable {

    private static final ThreadLocal<ForwardedCall> CURRENT = new ThreadLocal<>();

    private boolean begun;
    private boolean refused;

    private ForwardedCall() {}

    static ForwardedCall begin() {
        ForwardedCall call = new ForwardedCall();
        CURRENT.set(call);
        return call;
    }

    /** The forwarded call that comes to its method now; what that method calls in its turn is another matter. */
    static Optional<ForwardedCall> arriving() {
        Optional<ForwardedCall> arriving = Optional.ofNullable(CURRENT.get()).filter(call -> !call.begun);
        arriving.ifPresent(call -> call.begun = true);
        return arriving;
    }

    /** The method was not called. */
    void refuse() {
        refused = true;
    }

    boolean wasRefused() {
        return refused;
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
