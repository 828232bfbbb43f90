package org.understudy;

import java.util.concurrent.CompletionStage;

/**
 * Reads one snapshot of the environment plus its own writes, and buffers its writes until it commits: Berkeley DB's
 * {@code DB_TXN}, without locks.
 *
 * <p>At commit the master checks that nothing this transaction read by key, or protected, was written since its snapshot.
 * So transactions are serialisable as far as they read by key or protect the ranges they scan ({@link
 * Database#getForUpdate}, {@link Database#cursorForUpdate}); plain scans and counts are snapshot reads, in which phantoms
 * and write skew are possible, unless the transaction is begun with {@link Isolation#SERIALIZABLE}. Writes that read nothing
 * never conflict. There are no locks and no deadlocks.
 *
 * <p>A transaction is used by one thread at a time. One that is older than {@code transaction-max-age} ends with {@link
 * SnapshotTooOldException}.
 */
public interface Transaction extends AutoCloseable {

    /**
     * Makes the writes lasting and visible, and waits until the transaction's {@link AckPolicy} is met. Once it returns,
     * a commit under {@link AckPolicy#QUORUM} survives the loss of any minority of the sites.
     *
     * @return the name of the commit; {@link CommitToken#NONE} if nothing was written
     * @throws ConflictException if another transaction wrote what this one had read; nothing was written
     * @throws NotMasterException if this site is not master and there is something to write; nothing was written
     * @throws InsufficientSitesException with {@code refuse-unreplicated}, if the sites connected can't meet its policy;
     *     nothing was written
     * @throws InsufficientAcksException if the commit stands here, but its policy was not met in time
     * @throws OutcomeUnknownException if mastership went while the commit waited
     * @throws RecordTooLargeException if the writes together exceed {@code max-record}; nothing was written
     * @throws TransactionClosedException if it has been committed or rolled back already
     */
    CommitToken commit();

    /**
     * {@link #commit()} without waiting: the stage completes when that would have returned, and exceptionally with what
     * it would have thrown. The transaction is decided once this returns.
     */
    CompletionStage<CommitToken> commitAsync();

    /**
     * Promises to commit as one branch of a distributed transaction, and waits until at least a majority has forced the
     * promise to disk, whatever weaker policy or durability there is. From then on {@link PreparedBranches#decide} ends it, on this handle or any
     * other, also after restarts and at another master; until then nobody sees its writes, and nobody else writes what it
     * read by key, protected or writes: that is a {@link ConflictException} for them.
     *
     * @return false if nothing was written: then it is over, and there is nothing to decide
     * @throws ConflictException if another transaction wrote what this one had read, or another branch holds what this one
     *     reads or writes; nothing is promised
     * @throws BranchException if there is, or lately was, a branch of that id; nothing is promised
     * @throws NotMasterException if this site is not master and does not forward; nothing is promised
     * @throws RecordTooLargeException if the promise, or keeping it, would exceed {@code max-record}; nothing is promised
     * @throws InsufficientAcksException if the promise stands at the master, but no majority has stored it in time: roll the
     *     branch back
     * @throws OutcomeUnknownException if mastership went meanwhile: roll the branch back
     */
    boolean prepare(BranchId branch);

    /** Forgets the writes. Does nothing if the transaction is decided already. */
    void rollback();

    /** Rolls back, unless the transaction is decided. */
    @Override
    void close();

    /** Whether this transaction refuses to write. */
    boolean isReadOnly();

    /** Whether this transaction is undecided: neither committed nor rolled back. */
    boolean isOpen();
}
