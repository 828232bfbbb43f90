package org.understudy.it.application.jta;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource that is asked to prepare and says no. */
final class Refusing implements XAResource {

    @Override
    public int prepare(Xid branch) throws XAException {
        throw new XAException(XAException.XA_RBROLLBACK);
    }

    @Override
    public void start(Xid branch, int flags) {}

    @Override
    public void end(Xid branch, int flags) {}

    @Override
    public void commit(Xid branch, boolean onePhase) throws XAException {
        throw new XAException(XAException.XA_RBROLLBACK);
    }

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
