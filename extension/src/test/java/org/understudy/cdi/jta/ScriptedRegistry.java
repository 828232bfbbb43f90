package org.understudy.cdi.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One transaction, in the state that a test gives it; it takes synchronizations in, whatever that is. */
final class ScriptedRegistry implements TransactionSynchronizationRegistry {
    private final Map<Object, Object> resources = new HashMap<>();
    final List<Synchronization> synchronizations = new ArrayList<>();
    volatile int status = Status.STATUS_ACTIVE;

    @Override
    public Object getTransactionKey() {
        return "the transaction";
    }

    @Override
    public synchronized void putResource(Object key, Object value) {
        resources.put(key, value);
    }

    @Override
    public synchronized Object getResource(Object key) {
        return resources.get(key);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        synchronizations.add(synchronization);
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public void setRollbackOnly() {
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean getRollbackOnly() {
        return status == Status.STATUS_MARKED_ROLLBACK;
    }
}
