package org.understudy.cdi.jta;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Has the threads that one JTA transaction may be on join it one after the other: so that they join it once. Thread-safe. */
final class FirstCalls {
    private final Map<Object, ReentrantLock> joining = new ConcurrentHashMap<>();

    /** Joins a transaction while no other thread does; {@code join} looks first whether one has meanwhile. */
    <T> T inTurn(Object transactionKey, Supplier<T> join) {
        ReentrantLock turn = joining.computeIfAbsent(transactionKey, key -> new ReentrantLock());
        turn.lock();
        try {
            return join.get();
        } finally {
            joining.remove(transactionKey, turn); // whoever comes now finds it joined
            turn.unlock();
        }
    }
}
