package org.understudy.cdi.jta;

import javax.transaction.xa.Xid;
import org.understudy.BranchId;

/** A branch's id in the transaction manager's own words. */
record BranchXid(BranchId id) implements Xid {

    /** The id that a transaction manager means. */
    static BranchId idOf(Xid xid) {
        return BranchId.of(xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());
    }

    @Override
    public int getFormatId() {
        return id.format();
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return id.globalBytes();
    }

    @Override
    public byte[] getBranchQualifier() {
        return id.qualifierBytes();
    }
}
