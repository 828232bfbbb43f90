package org.understudy.cdi.mastership;

import java.util.Optional;

/** A call that another site has forwarded, on the thread that carries it out: it is not forwarded any further. */
final class ForwardedCall implements AutoCloseable {

    private enum State {
        /** It has not come to its method yet. */
        ARRIVING,
        /** The method was not called; whoever repeats the call within the interceptors may still have it called. */
        REFUSED,
        /** The method was called. */
        BEGUN
    }

    private static final ThreadLocal<ForwardedCall> CURRENT = new ThreadLocal<>();

    private final MasterOnlyMethod method;
    private volatile State state = State.ARRIVING;

    private ForwardedCall(MasterOnlyMethod method) {
        this.method = method;
    }

    static ForwardedCall of(MasterOnlyMethod method) {
        ForwardedCall call = new ForwardedCall(method);
        CURRENT.set(call);
        return call;
    }

    /** The forwarded call that comes to its method now; what that method calls in its turn is another matter. */
    static Optional<ForwardedCall> arriving(MasterOnlyMethod at) {
        return Optional.ofNullable(CURRENT.get()).filter(call -> call.state != State.BEGUN && call.method.equals(at));
    }

    /** The method is called. */
    void begin() {
        state = State.BEGUN;
    }

    /** The method is not called. */
    void refuse() {
        state = State.REFUSED;
    }

    /** Whether the method was never called, because this site is not the master. */
    boolean wasRefused() {
        return state == State.REFUSED;
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
