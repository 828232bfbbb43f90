package org.understudy.cdi;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource that does something while it is asked to prepare, when those before it have promised. */
final class TalkativeResource implements XAResource {
    private final Runnable whilePreparing;

    TalkativeResource(Runnable whilePreparing) {
        this.whilePreparing = whilePreparing;
    }

    @Override
    public int prepare(Xid branch) {
        whilePreparing.run();
        return XA_OK;
    }

    @Override
    public void start(Xid branch, int flags) {}

    @Override
    public void end(Xid branch, int flags) {}

    @Override
    public void commit(Xid branch, boolean onePhase) {}

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
