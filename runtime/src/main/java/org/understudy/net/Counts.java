package org.understudy.net;

/** What happened to connections since the transport was made. */
final class Counts {
    private long broken;
    private long tryFailed;
    private long refused;

    void countBroken() {
        broken++;
    }

    void countTryFailed() {
        tryFailed++;
    }

    void countRefused() {
        refused++;
    }

    long broken() {
        return broken;
    }

    long tryFailed() {
        return tryFailed;
    }

    long refused() {
        return refused;
    }
}
