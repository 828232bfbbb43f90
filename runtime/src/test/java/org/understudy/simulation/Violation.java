package org.understudy.simulation;

/** A promise of the protocol is broken, or a run could not go on: what a simulation is looking for. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Violation(String promise, String message) {
        super(promise + ": " + message);
    }
}
