package org.understudy.cdi.jta;

import java.util.Optional;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.understudy.CommitToken;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Transaction;
import org.understudy.cdi.jta.HeuristicOutcome.JtaOutcome;

/** One environment's part in one JTA transaction as a branch of its own, or an environment asked by a transaction manager that recovers. */
final class XaEnlistment implements XAResource {
    private final XaBranches branches;
    private final Optional<Completion> completion;
    private final Consumer<HeuristicOutcome> told;
    private Optional<Transaction> transaction;

    private XaEnlistment(
            XaBranches branches,
            Optional<Transaction> transaction,
            Optional<Completion> completion,
            Consumer<HeuristicOutcome> told) {
        this.branches = branches;
        this.transaction = transaction;
        this.completion = completion;
        this.told = told;
    }

    /** The part that begins with a transaction; {@code completion} is the call that hears how it ended, if it is one that can. */
    static XaEnlistment of(
            XaBranches branches,
            Transaction transaction,
            Optional<Completion> completion,
            Consumer<HeuristicOutcome> told) {
        return new XaEnlistment(branches, Optional.of(transaction), completion, told);
    }

    /** For a transaction manager that recovers. */
    static XaEnlistment ofRecovery(XaBranches branches) {
        return new XaEnlistment(branches, Optional.empty(), Optional.empty(), outcome -> {});
    }

    /** What the calls of the JTA transaction read and write with. */
    Transaction transaction() {
        return transaction.orElseThrow();
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags == TMJOIN) {
            Transaction joined = branches.join(BranchXid.idOf(xid));
            transaction.filter(own -> own != joined).ifPresent(Transaction::rollback); // nothing was done with it
            transaction = Optional.of(joined);
        } else if (flags == TMNOFLAGS) {
            branches.begin(BranchXid.idOf(xid), transaction.orElseThrow(() -> new XAException(XAException.XAER_PROTO)));
        } else if (flags != TMRESUME) {
            throw new XAException(XAException.XAER_INVAL);
        }
    }

    /** A suspended branch is in nobody's way: its calls find it by the JTA transaction, not by the thread. */
    @Override
    public void end(Xid xid, int flags) throws XAException {
        if (flags == TMFAIL) {
            branches.fail(BranchXid.idOf(xid));
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return branches.prepare(BranchXid.idOf(xid), this::refused);
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            branches.commitAtOnce(BranchXid.idOf(xid), this::refused, this::doubtful);
        } else {
            branches.commit(BranchXid.idOf(xid));
        }
    }

    private void refused(RuntimeException why) {
        completion.ifPresent(call -> call.refused(why));
    }

    private void doubtful(RuntimeException why) {
        HeuristicOutcome outcome =
                new HeuristicOutcome(branches.name(), token(why), JtaOutcome.UNKNOWN, Optional.of(why));
        completion.ifPresent(call -> call.add(outcome));
        told.accept(outcome);
    }

    private static Optional<CommitToken> token(RuntimeException why) {
        CommitToken token = why instanceof InsufficientAcksException few
                ? few.token()
                : why instanceof OutcomeUnknownException unknown ? unknown.token() : CommitToken.NONE;
        return Optional.of(token).filter(name -> !name.isNone());
    }

    /** By its time-out too, on whatever thread: some transaction managers show the application no transaction from then on. */
    @Override
    public void rollback(Xid xid) throws XAException {
        completion.ifPresent(Completion::ended);
        branches.rollback(BranchXid.idOf(xid));
    }

    @Override
    public void forget(Xid xid) throws XAException {
        branches.forget(BranchXid.idOf(xid));
    }

    /** All at the beginning of a scan, and nothing more of it. */
    @Override
    public Xid[] recover(int flags) throws XAException {
        return (flags & TMSTARTRSCAN) == 0 ? new Xid[0] : branches.recover();
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other instanceof XaEnlistment enlistment && enlistment.branches == branches;
    }

    /** The transaction manager's own time-out counts. */
    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public String toString() {
        return "environment " + branches.name();
    }
}
