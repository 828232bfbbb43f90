package org.understudy.site;

import org.understudy.Transaction;
import org.understudy.backend.BackendTransaction;

/** A transaction that this environment gave to the application. */
sealed interface Handle extends Transaction permits TransactionHandle, JoinedHandle {

    /** What it reads and writes with, while it is undecided. */
    BackendTransaction open();

    /** Whether it was begun in this environment. */
    boolean isOf(Transactions environment);
}
