package org.understudy.simulation;

import java.util.Optional;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.log.RecordKind;

/** One commit of the workload, from its beginning to its answer. */
public final class Operation {
    private final long serial;
    private final AckPolicy policy;
    private final int[] keys;
    private final long[] values;
    private final long beganMicros;
    private Outcome outcome = Outcome.OPEN;
    private long answeredMicros = Long.MAX_VALUE;
    private Standing token = Standing.ZERO;
    private String site = "";
    private final Optional<Remote> remote;
    private boolean forwarded;
    private RecordKind kind = RecordKind.TRANSACTION;
    private Standing earlier = Standing.ZERO;

    /** How a commit ends. */
    public enum Outcome {
        /** Not yet, or never because the process ended. */
        OPEN,
        /** As the policy asks. */
        DONE,
        /** Stands at the master, but too few have it. */
        INSUFFICIENT_ACKS,
        /** Nobody knows. */
        UNKNOWN,
        /** Certainly left no record. */
        REFUSED
    }

    public Operation(long serial, AckPolicy policy, int[] keys, long[] values, long beganMicros) {
        this(serial, policy, keys, values, beganMicros, Optional.empty());
    }

    /** What a master makes of something another site asked of it. */
    Operation(long serial, AckPolicy policy, int[] keys, long[] values, long beganMicros, Optional<Remote> remote) {
        this.remote = remote;
        this.serial = serial;
        this.policy = policy;
        this.keys = keys;
        this.values = values;
        this.beganMicros = beganMicros;
    }

    /** What another site asked for here. */
    Optional<Remote> remote() {
        return remote;
    }

    /** It is a promise, or decides one. */
    Operation ofBranch() {
        kind = RecordKind.BRANCH;
        return this;
    }

    RecordKind kind() {
        return kind;
    }

    /** Where it stands, or where its forwarded write stood before, which it only found. */
    Standing earlier() {
        return earlier.equals(Standing.ZERO) ? token : earlier;
    }

    /** Its forwarded write was committed before, there. */
    void found(Standing before) {
        earlier = before;
    }

    /** It is made at another site's master, which alone knows where it stands until that is answered. */
    void forward() {
        forwarded = true;
    }

    boolean isForwarded() {
        return forwarded;
    }

    /** Whether its place can't be known. */
    boolean isPlaceUnknown() {
        return forwarded && token.equals(Standing.ZERO) && outcome != Outcome.REFUSED;
    }

    public long serial() {
        return serial;
    }

    public AckPolicy policy() {
        return policy;
    }

    public int[] keys() {
        return keys;
    }

    public long[] values() {
        return values;
    }

    public long beganMicros() {
        return beganMicros;
    }

    /** When it was answered; never, where it may still be written afterwards, unanswered by its master. */
    public long answeredMicros() {
        return forwarded && outcome == Outcome.UNKNOWN ? Long.MAX_VALUE : answeredMicros;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Where its record stands; empty when it never got one. */
    public Standing token() {
        return token;
    }

    /** The site it was made on. */
    public String site() {
        return site;
    }

    /** It has its place in the log. */
    public void written(String where, Standing standing) {
        site = where;
        token = standing;
    }

    /** It is answered, once. */
    public void answer(Outcome how, long nowMicros) {
        if (outcome != Outcome.OPEN) {
            throw new IllegalStateException(this + " is answered a second time: " + how);
        }
        outcome = how;
        answeredMicros = nowMicros;
    }

    @Override
    public String toString() {
        return "commit " + serial + " " + policy + " " + outcome + " at " + site + " " + token;
    }
}
