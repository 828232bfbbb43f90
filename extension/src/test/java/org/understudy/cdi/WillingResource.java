package org.understudy.cdi;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource that holds nothing and agrees to everything; those that extend it do otherwise somewhere. */
abstract class WillingResource implements XAResource {

    @Override
    public int prepare(Xid branch) throws XAException {
        return XA_OK;
    }

    @Override
    public void commit(Xid branch, boolean onePhase) throws XAException {}

    @Override
    public void start(Xid branch, int flags) {}

    @Override
    public void end(Xid branch, int flags) {}

    @Override
    public void rollback(Xid branch) {}

    @Override
    public void forget(Xid branch) {}

    @Override
    public Xid[] recover(int flags) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
