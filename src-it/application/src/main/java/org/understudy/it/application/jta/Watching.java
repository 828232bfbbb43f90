package org.understudy.it.application.jta;

import javax.transaction.xa.Xid;
import org.understudy.Environment;

/** A resource that looks, whenever it is asked to prepare or to commit, how many branches an environment has promised. */
final class Watching extends WillingResource {

    private final Environment environment;
    private int seenPreparing;
    private int committed;

    Watching(Environment environment) {
        this.environment = environment;
    }

    /** How many there were when it prepared. */
    int seenPreparing() {
        return seenPreparing;
    }

    /** How often it was told to commit in the second of two phases. */
    int committed() {
        return committed;
    }

    @Override
    public int prepare(Xid branch) {
        seenPreparing = environment.prepared().size();
        return XA_OK;
    }

    @Override
    public void commit(Xid branch, boolean onePhase) {
        committed += onePhase ? 0 : 1;
    }
}
