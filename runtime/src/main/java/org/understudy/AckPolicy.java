package org.understudy;

/**
 * Which sites have to store a commit before {@link Transaction#commit()} returns, besides the master's own
 * {@link Durability}, which always counts.
 *
 * <p>Views, joining and barred sites never count. A group of one satisfies every policy. The names are those of Berkeley
 * DB's Replication Manager.
 */
public enum AckPolicy {
    /** Every voting member, connected or not. */
    ALL,
    /** Every voting member that is connected now; none if none is. */
    ALL_AVAILABLE,
    /** Every member that may be elected. */
    ALL_PEERS,
    /** Nobody: the commit returns as soon as the master has it. */
    NONE,
    /** One other voting member. */
    ONE,
    /** One other member that may be elected. */
    ONE_PEER,
    /** A majority of the voting members, the master among them: what no minority of failures can undo. The default. */
    QUORUM
}
