package org.understudy.store;

/** Something a master is asked to commit. */
public abstract sealed class Commit
        permits StoreTransaction,
                BlindWrite,
                DatabaseCommand,
                SentTransaction,
                ForwardedCommit,
                SessionOpening,
                Preparation,
                Decision {
    Commit() {}
}
