package org.understudy.spi;

import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;

/**
 * Knows which transaction surrounds the calls of a thread that name none: that of a JTA transaction, say. Given to one
 * environment with its configuration; {@link org.understudy.Environment} says which calls join it.
 *
 * <p>Whoever implements this commits or rolls back what it has had begun, on whatever thread, once. Another thread than the
 * one that uses a transaction may roll it back at any time: a call that is under way then is waited for.
 */
@FunctionalInterface
public interface SurroundingTransactions {

    /**
     * The environment's transaction that belongs to what surrounds the calling thread. Called for every call that could
     * join one: so it should cost little where nothing surrounds the thread.
     *
     * @param begin begins one, to be called where what surrounds the thread has none yet
     * @return empty if nothing surrounds the thread: then the call stands for itself
     * @throws TransactionClosedException if what surrounds it is decided already, so that the call could neither join it nor
     *     do without it
     */
    Optional<Transaction> current(Supplier<Transaction> begin);
}
