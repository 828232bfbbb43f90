package org.understudy.protocol;

/** When the master followed was last in contact with a majority, as far as it has told: without that it counts for nothing (protocol.md §4.1). */
final class MajorityContact {
    private final ReplicaContext context;
    private long atMicros;

    MajorityContact(ReplicaContext context) {
        this.context = context;
    }

    /** It is so long ago. */
    void told(long ageMicros) {
        atMicros = context.now - ageMicros;
    }

    long atMicros() {
        return atMicros;
    }

    long ageMicros() {
        return context.now - atMicros;
    }

    /** Of two sites that are not strict neither needs the other. */
    boolean isRecent() {
        return context.now < deadline();
    }

    /** When it is no longer recent. */
    long deadline() {
        return context.pair.isLoose()
                ? Long.MAX_VALUE
                : atMicros + context.settings.times().quorumLossTimeoutMicros();
    }
}
