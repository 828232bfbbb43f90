package org.understudy.store;

import java.time.Instant;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.PreparedBranch;
import org.understudy.Standing;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * What is kept of one branch (protocol.md §8.1).
 *
 * @param state where it stands
 * @param site where it was prepared
 * @param millis when that was; of an outcome that is only remembered, when it was last told
 * @param bytes how long the form of its transaction is, or was
 * @param form its transaction as {@link CommitForm} writes it; empty once it is decided
 * @param decided where its decision stands; {@link Standing#ZERO} before that
 */
record BranchRow(BranchState state, String site, long millis, long bytes, byte[] form, Standing decided) {
    private static final int FORMAT = 1;
    private static final byte[] NO_FORM = new byte[0];

    /** One that has just promised. */
    static BranchRow prepared(String site, long millis, byte[] form) {
        return new BranchRow(BranchState.PREPARED, site, millis, form.length, form, Standing.ZERO);
    }

    /** An outcome, to be remembered for a while. */
    static BranchRow remembered(BranchState state, long millis, Standing decided) {
        return new BranchRow(state, "", millis, 0, NO_FORM, decided);
    }

    /** The same once it is decided by hand. */
    BranchRow byHand(BranchState outcome, Standing at) {
        return new BranchRow(outcome, site, millis, bytes, NO_FORM, at);
    }

    /** The same outcome told again. */
    BranchRow toldAt(long nowMillis) {
        return new BranchRow(state, site, nowMillis, bytes, form, decided);
    }

    /** What it promised. */
    SentTransaction transaction() {
        return CommitForm.transaction(form);
    }

    /** The branch as an application is told of it. */
    PreparedBranch asTold(BranchId branch) {
        return new PreparedBranch(branch, state, site, Instant.ofEpochMilli(millis), bytes);
    }

    byte[] encode() {
        return new ValueWriter()
                .putByte(FORMAT)
                .putByte(state.ordinal())
                .putString(site)
                .putLong(millis)
                .putLong(bytes)
                .putStanding(decided)
                .putBytes(form)
                .toByteArray();
    }

    static BranchRow decode(byte[] value) {
        ValueReader in = new ValueReader(value);
        byte format = in.getByte();
        if (format != FORMAT) {
            throw new MalformedValueException("a branch of format " + format + "; this release reads " + FORMAT);
        }
        byte state = in.getByte();
        if (state < 0 || state >= BranchState.values().length) {
            throw new MalformedValueException("a branch in the unknown state " + state);
        }
        String site = in.getString();
        long millis = in.getLong();
        long bytes = in.getLong();
        Standing decided = in.getStanding();
        BranchRow row = new BranchRow(BranchState.values()[state], site, millis, bytes, in.getBytes(), decided);
        in.end();
        return row;
    }
}
