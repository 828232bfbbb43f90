package org.understudy.it.application.jta;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** A resource that is asked to prepare and says no. */
final class Refusing extends WillingResource {

    @Override
    public int prepare(Xid branch) throws XAException {
        throw new XAException(XAException.XA_RBROLLBACK);
    }

    @Override
    public void commit(Xid branch, boolean onePhase) throws XAException {
        throw new XAException(XAException.XA_RBROLLBACK);
    }
}
