package org.understudy.cdi.mastership;

import java.util.Optional;

/** The mastership of the call that runs on the thread that asks. */
final class CurrentMastership implements Mastership {

    private static final ThreadLocal<HeldMastership> CURRENT = new ThreadLocal<>();

    /** A call under a mastership begins on this thread; closing ends it, and the one around it is current again. */
    static Scope begin(HeldMastership held) {
        Optional<HeldMastership> outer = Optional.ofNullable(CURRENT.get());
        CURRENT.set(held);
        return () -> outer.ifPresentOrElse(CURRENT::set, CURRENT::remove);
    }

    /** As long as a call runs. */
    interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    private static HeldMastership current() {
        return Optional.ofNullable(CURRENT.get())
                .orElseThrow(() -> new IllegalStateException("No @MasterOnly method runs on this thread, so there is no"
                        + " mastership to ask about; a method that goes on elsewhere hands on mastership.captured()"));
    }

    @Override
    public String environment() {
        return current().environment();
    }

    @Override
    public long generation() {
        return current().generation();
    }

    @Override
    public boolean isStillMaster() {
        return current().isStillMaster();
    }

    @Override
    public void requireStillMaster() {
        current().requireStillMaster();
    }

    @Override
    public Mastership captured() {
        return current();
    }
}
