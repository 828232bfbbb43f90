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
 */
public record TransactionOptions(
        boolean readOnly,
        Optional<AckPolicy> ackPolicy,
        Optional<Durability> durability,
        Optional<Duration> ackTimeout,
        Isolation isolation,
        boolean noWait) {

    /** Reads and writes, with the environment's settings. */
    public static final TransactionOptions DEFAULT = new TransactionOptions(
            false, Optional.empty(), Optional.empty(), Optional.empty(), Isolation.SNAPSHOT_SCANS, false);

    /** One consistent snapshot, on any site. */
    public static final TransactionOptions READ_ONLY = new TransactionOptions(
            true, Optional.empty(), Optional.empty(), Optional.empty(), Isolation.SNAPSHOT_SCANS, false);

    public TransactionOptions {
        checkPositive("ackTimeout", ackTimeout);
    }

    private static void checkPositive(String name, Optional<Duration> timeout) {
        if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
            throw new IllegalArgumentException(name + " " + timeout.get() + " must be more than zero");
        }
    }

    public TransactionOptions withAckPolicy(AckPolicy policy) {
        return new TransactionOptions(readOnly, Optional.of(policy), durability, ackTimeout, isolation, noWait);
    }

    public TransactionOptions withDurability(Durability stricter) {
        return new TransactionOptions(readOnly, ackPolicy, Optional.of(stricter), ackTimeout, isolation, noWait);
    }

    public TransactionOptions withAckTimeout(Duration timeout) {
        return new TransactionOptions(readOnly, ackPolicy, durability, Optional.of(timeout), isolation, noWait);
    }

    public TransactionOptions withIsolation(Isolation other) {
        return new TransactionOptions(readOnly, ackPolicy, durability, ackTimeout, other, noWait);
    }

    public TransactionOptions withNoWait() {
        return new TransactionOptions(readOnly, ackPolicy, durability, ackTimeout, isolation, true);
    }
}
