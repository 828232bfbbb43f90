package org.understudy.cdi.jta;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.understudy.BranchDecision;
import org.understudy.BranchException;
import org.understudy.BranchId;
import org.understudy.CommitToken;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.PreparedBranch;
import org.understudy.ReplicationException;
import org.understudy.Transaction;

/**
 * One environment as a resource manager: the branches of this process that are under way, and those that were prepared, which
 * the environment itself keeps. Thread-safe.
 */
final class XaBranches {
    private static final Logger LOG = System.getLogger(XaBranches.class.getName());

    /** Those that were refused are remembered so far: some transaction managers roll them back all the same. */
    private static final int MOST_REFUSED = 1024;

    private final String name;
    private final Map<BranchId, Transaction> active = new ConcurrentHashMap<>();
    private final Set<BranchId> refusedLately =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<BranchId, Boolean> eldest) {
                    return size() > MOST_REFUSED;
                }
            }));
    private volatile Optional<Environment> environment = Optional.empty();

    /** {@code name} is the environment's, which opens later. */
    XaBranches(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void opened(Environment opened) {
        environment = Optional.of(opened);
    }

    private Environment environment() throws XAException {
        return environment.orElseThrow(() ->
                failed(XAException.XAER_RMFAIL, new IllegalStateException("environment " + name + " is not open yet")));
    }

    /** A branch begins with a transaction. */
    void begin(BranchId branch, Transaction transaction) throws XAException {
        if (active.putIfAbsent(branch, transaction) != null) {
            throw new XAException(XAException.XAER_DUPID);
        }
    }

    /** The transaction of a branch that is under way here. */
    Transaction join(BranchId branch) throws XAException {
        return find(active.get(branch));
    }

    private static Transaction find(Transaction known) throws XAException {
        if (known == null) {
            throw new XAException(XAException.XAER_NOTA);
        }
        return known;
    }

    /** Promises to commit; {@link XAResource#XA_RDONLY} if nothing was written. {@code refused} hears why it did not. */
    int prepare(BranchId branch, Consumer<RuntimeException> refused) throws XAException {
        Transaction transaction = find(active.remove(branch));
        try {
            return transaction.prepare(branch) ? XAResource.XA_OK : XAResource.XA_RDONLY;
        } catch (RuntimeException e) {
            refused.accept(e);
            if (leftNothing(e)) {
                throw rolledBack(branch, e);
            }
            rollBackLater(branch);
            throw failed(XAException.XAER_RMFAIL, e);
        }
    }

    /** Whether what ended so certainly left no record. */
    private static boolean leftNothing(RuntimeException end) {
        return end instanceof ReplicationException
                && !(end instanceof InsufficientAcksException)
                && !(end instanceof OutcomeUnknownException);
    }

    /** There may be a promise that nobody counts on: it goes at once if that is possible, else when recovery finds it. */
    private void rollBackLater(BranchId branch) throws XAException {
        environment().decideAsync(branch, BranchDecision.ROLL_BACK).whenComplete((token, failure) -> {
            if (failure != null) {
                LOG.log(
                        Level.WARNING,
                        "USTDY-0863 environment " + name + ": whether branch " + branch + " is prepared is not known,"
                                + " and rolling it back failed; recovery will find it if it is",
                        failure);
            }
        });
    }

    /** Commits what was not prepared. {@code refused} hears why it did not, {@code doubtful} why that is not certain. */
    CommitToken commitAtOnce(BranchId branch, Consumer<RuntimeException> refused, Consumer<RuntimeException> doubtful)
            throws XAException {
        Transaction transaction = find(active.remove(branch));
        try {
            return transaction.commit();
        } catch (RuntimeException e) {
            if (leftNothing(e)) {
                refused.accept(e);
                throw rolledBack(branch, e);
            }
            doubtful.accept(e);
            throw failed(XAException.XA_HEURHAZ, e);
        }
    }

    /** Commits what was prepared, anywhere and however long ago. */
    void commit(BranchId branch) throws XAException {
        decide(branch, BranchDecision.COMMIT);
    }

    /** Rolls back what is under way here or was prepared. */
    void rollback(BranchId branch) throws XAException {
        Transaction transaction = active.remove(branch);
        if (transaction != null) {
            transaction.rollback();
        } else if (!refusedLately.remove(branch)) {
            decide(branch, BranchDecision.ROLL_BACK);
        }
    }

    /** The transaction manager has not taken it in after all. */
    void abandon(Transaction transaction) {
        active.values().remove(transaction);
        transaction.rollback();
    }

    /** It can only be rolled back from now on. */
    void fail(BranchId branch) throws XAException {
        join(branch).rollback();
    }

    private void decide(BranchId branch, BranchDecision word) throws XAException {
        try {
            environment().decide(branch, word);
        } catch (BranchException e) {
            throw failed(
                    switch (e.state()) {
                        case COMMITTED, COMMITTED_BY_HAND -> XAException.XA_HEURCOM;
                        case ROLLED_BACK, ROLLED_BACK_BY_HAND -> XAException.XA_HEURRB;
                        case UNKNOWN, PREPARED -> XAException.XAER_NOTA;
                    },
                    e);
        } catch (RuntimeException e) {
            throw failed(XAException.XAER_RMFAIL, e); // it stays prepared, or is confirmed when it is asked again
        }
    }

    /**
     * The transaction manager has heard of what was decided by hand. What was not has nothing to be forgotten, such as a commit
     * in one phase whose outcome is not known: where there is no master now, that would fail for nothing.
     */
    void forget(BranchId branch) throws XAException {
        try {
            Environment open = environment();
            if (open.prepared().stream().noneMatch(known -> known.id().equals(branch))) {
                return;
            }
            open.decide(branch, BranchDecision.FORGET);
        } catch (BranchException e) {
            LOG.log(Level.DEBUG, "USTDY-0864 nothing to forget", e);
        } catch (RuntimeException e) {
            throw failed(XAException.XAER_RMFAIL, e);
        }
    }

    /** The branches that wait and were prepared at this site: the transaction managers of other sites see to theirs. */
    Xid[] recover() throws XAException {
        Environment open = environment();
        String site = open.config().localSite().orElse(open.name());
        try {
            List<PreparedBranch> all = open.prepared();
            return all.stream()
                    .filter(branch -> branch.site().equals(site))
                    .map(branch -> new BranchXid(branch.id()))
                    .toArray(Xid[]::new);
        } catch (RuntimeException e) {
            throw failed(XAException.XAER_RMFAIL, e);
        }
    }

    /** Nothing was written, and nothing will be. */
    private XAException rolledBack(BranchId branch, RuntimeException why) {
        refusedLately.add(branch);
        boolean again = why instanceof ReplicationException refusal && refusal.isRetriable();
        return failed(again ? XAException.XA_RBTRANSIENT : XAException.XA_RBROLLBACK, why);
    }

    private static XAException failed(int code, RuntimeException why) {
        XAException exception = new XAException(why.getMessage());
        exception.errorCode = code;
        exception.initCause(why);
        return exception;
    }
}
