package org.understudy.site;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.understudy.CommitToken;
import org.understudy.Transaction;
import org.understudy.spi.SurroundingTransactions;

/** Surrounds whatever one thread does between two calls with one transaction. */
final class ThreadTransactions implements SurroundingTransactions {
    private final ThreadLocal<Boolean> surrounded = ThreadLocal.withInitial(() -> false);
    private volatile Optional<Transaction> transaction = Optional.empty();

    @Override
    public Optional<Transaction> current(Supplier<Transaction> begin) {
        if (surrounded.get() && transaction.isEmpty()) {
            transaction = Optional.of(begin.get());
        }
        return transaction.filter(begun -> surrounded.get());
    }

    void begin() {
        surrounded.set(true);
        transaction = Optional.empty();
    }

    /** What has been begun. */
    Transaction transaction() {
        return transaction.orElseThrow();
    }

    /** The calling thread goes on without it; any may decide it. */
    Optional<Transaction> leave() {
        surrounded.set(false);
        return transaction;
    }

    CommitToken commit() {
        return leave().map(Transaction::commit).orElse(CommitToken.NONE);
    }

    void rollback() {
        leave().ifPresent(Transaction::rollback);
    }

    /** What a call gives that nothing surrounds. */
    <T> T outside(Callable<T> call) throws Exception {
        surrounded.set(false);
        try {
            return call.call();
        } finally {
            surrounded.set(true);
        }
    }
}
