package org.understudy;

import java.time.Duration;
import java.util.Optional;

/**
 * How one transaction differs from what its environment is set to.
 *
 * @param readOnly whether it may write
 * @param ackPolicy who has to store it before its commit returns
 * @param durability when the sites count it as stored; it may ask for more than the environment's, never for less
 * @param ackTimeout how long its commit waits for the others
 * @param isolation how far it is protected from others that run beside it
 * @param noWait whether its reads throw {@link LockoutException} at once while data is rolled back or replaced, where others
 *     wait up to {@code lockout-timeout}
 * @param consistency what its snapshot has to show
 * @param readTimeout how long its beginning waits for that
 */
public record TransactionOptions(
        boolean readOnly,
        Optional<AckPolicy> ackPolicy,
        Optional<Durability> durability,
        Optional<Duration> ackTimeout,
        Isolation isolation,
        boolean noWait,
        Consistency consistency,
        Optional<Duration> readTimeout) {

    /** Reads and writes, with the environment's settings. */
    public static final TransactionOptions DEFAULT = plain(false);

    /** One consistent snapshot, on any site. */
    public static final TransactionOptions READ_ONLY = plain(true);

    public TransactionOptions {
        checkPositive("ackTimeout", ackTimeout);
        checkPositive("readTimeout", readTimeout);
    }

    private static TransactionOptions plain(boolean readOnly) {
        return new TransactionOptions(
                readOnly,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Isolation.SNAPSHOT_SCANS,
                false,
                Consistency.LOCAL,
                Optional.empty());
    }

    private static void checkPositive(String name, Optional<Duration> timeout) {
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw new IllegalArgumentException(name + " " + timeout.get() + " must be more than zero");
        }
    }

    public TransactionOptions withAckPolicy(AckPolicy policy) {
        return new TransactionOptions(
                readOnly, Optional.of(policy), durability, ackTimeout, isolation, noWait, consistency, readTimeout);
    }

    public TransactionOptions withDurability(Durability stricter) {
        return new TransactionOptions(
                readOnly, ackPolicy, Optional.of(stricter), ackTimeout, isolation, noWait, consistency, readTimeout);
    }

    public TransactionOptions withAckTimeout(Duration timeout) {
        return new TransactionOptions(
                readOnly, ackPolicy, durability, Optional.of(timeout), isolation, noWait, consistency, readTimeout);
    }

    public TransactionOptions withIsolation(Isolation other) {
        return new TransactionOptions(
                readOnly, ackPolicy, durability, ackTimeout, other, noWait, consistency, readTimeout);
    }

    public TransactionOptions withNoWait() {
        return new TransactionOptions(
                readOnly, ackPolicy, durability, ackTimeout, isolation, true, consistency, readTimeout);
    }

    public TransactionOptions withConsistency(Consistency other) {
        return new TransactionOptions(
                readOnly, ackPolicy, durability, ackTimeout, isolation, noWait, other, readTimeout);
    }

    public TransactionOptions withReadTimeout(Duration timeout) {
        return new TransactionOptions(
                readOnly, ackPolicy, durability, ackTimeout, isolation, noWait, consistency, Optional.of(timeout));
    }
}
