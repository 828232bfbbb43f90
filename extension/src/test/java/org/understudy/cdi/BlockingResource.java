package org.understudy.cdi;

import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import javax.transaction.xa.Xid;

/** A resource that says where it is, and stays there until its process is killed. What recovers it from a log is harmless. */
final class BlockingResource extends WillingResource implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient boolean blocksInPrepare;
    private final transient boolean blocksInCommit;

    private BlockingResource(boolean blocksInPrepare, boolean blocksInCommit) {
        this.blocksInPrepare = blocksInPrepare;
        this.blocksInCommit = blocksInCommit;
    }

    static BlockingResource inPrepare() {
        return new BlockingResource(true, false);
    }

    static BlockingResource inCommit() {
        return new BlockingResource(false, true);
    }

    private static void block() {
        CrashingApplication.say("blocked");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int prepare(Xid branch) {
        if (blocksInPrepare) {
            block();
        }
        return XA_OK;
    }

    @Override
    public void commit(Xid branch, boolean onePhase) {
        if (blocksInCommit) {
            block();
        }
    }
}
