package org.understudy.cdi;

import javax.transaction.xa.Xid;

/** A resource that does something while it is asked to prepare, when those before it have promised. */
final class TalkativeResource extends WillingResource {
    private final Runnable whilePreparing;

    TalkativeResource(Runnable whilePreparing) {
        this.whilePreparing = whilePreparing;
    }

    @Override
    public int prepare(Xid branch) {
        whilePreparing.run();
        return XA_OK;
    }
}
