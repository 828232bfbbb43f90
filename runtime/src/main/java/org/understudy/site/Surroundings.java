package org.understudy.site;

import java.util.Optional;
import java.util.function.Supplier;
import org.understudy.Consistency;
import org.understudy.EnvironmentConfig;
import org.understudy.NotMasterException;
import org.understudy.Place;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;
import org.understudy.backend.Backend;
import org.understudy.backend.RoleState;
import org.understudy.backend.Write;
import org.understudy.spi.SurroundingTransactions;

/** The transactions that surround calls without one, where there may be such: calls then join them. */
final class Surroundings {
    private final Place place;
    private final boolean forwards;
    private final Consistency consistency;
    private final Optional<SurroundingTransactions> known;
    private final Transactions transactions;
    private final Supplier<Backend> backend;

    Surroundings(EnvironmentConfig config, Transactions transactions, Supplier<Backend> backend) {
        this.place = Place.of(config);
        this.forwards = config.forwardWrites();
        this.consistency = config.consistency();
        this.known = config.surroundingTransactions();
        this.transactions = transactions;
        this.backend = backend;
    }

    /** The one that surrounds the calling thread, begun now if need be. */
    Optional<TransactionHandle> current() {
        return known.isEmpty()
                ? Optional.empty()
                : known.get().current(this::begin).map(this::own);
    }

    private TransactionHandle own(Transaction transaction) {
        if (transactions.handle(transaction) instanceof TransactionHandle handle) {
            return handle;
        }
        throw new IllegalArgumentException(
                "[" + place + "] " + transaction + " was given to a function to join, not begun");
    }

    /** Its reads see what reads without a transaction would: a snapshot of the configured consistency. */
    private Transaction begin() {
        TransactionOptions options = TransactionOptions.DEFAULT.withConsistency(consistency);
        SharedTransaction shared =
                new SharedTransaction(backend.get().begin(options), transactions::closed, this::checkMaster);
        return new TransactionHandle(transactions, shared, false);
    }

    /** A write that could not be committed is refused at once, not at the end of what surrounds it. */
    private void checkMaster() {
        RoleState now = backend.get().role();
        if (now.role() != Role.MASTER && !forwards) {
            throw new NotMasterException(place, now.master());
        }
    }

    /** The surrounding transaction for a function that brings options of its own. */
    Optional<JoinedHandle> forWriting(TransactionOptions options) {
        Optional<JoinedHandle> joined = current().map(surrounding -> new JoinedHandle(surrounding, false));
        if (joined.isPresent() && !options.equals(TransactionOptions.DEFAULT)) {
            throw new IllegalStateException("[" + place + "] " + options
                    + " can't be had in a surrounding transaction, which may have begun already: leave the options away, or"
                    + " call outside of it, or use Environment.begin(options), which is independent of it");
        }
        return joined;
    }

    /** The surrounding transaction for a function that only reads. */
    Optional<JoinedHandle> forReading() {
        return current().map(surrounding -> new JoinedHandle(surrounding, true));
    }

    /** Writes in the surrounding transaction; false if there is none. */
    boolean write(Write write) {
        Optional<TransactionHandle> surrounding = current();
        if (surrounding.isEmpty()) {
            return false;
        }
        if (!(write instanceof Write.Put put)) {
            throw new IllegalStateException(
                    "[" + place + "] truncating, removing and renaming a database are transactions of"
                            + " their own, and would not be undone with the one that surrounds the call: call outside of that");
        }
        surrounding.get().open().put(put.database(), put.key(), put.value());
        return true;
    }
}
