package org.understudy.cdi.jta;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One call of a method that begins a JTA transaction and ends it. What an environment learns at that end can't pass through
 * the transaction manager unharmed, so it goes round it to whoever called the method.
 */
final class Completion {

    private static final ThreadLocal<Completion> CURRENT = new ThreadLocal<>();

    private final Queue<HeuristicOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> refusals = new ConcurrentLinkedQueue<>();
    private final Thread caller = Thread.currentThread();
    private volatile boolean cutOff;

    private Completion() {}

    /** The call that the transactions of this thread belong to. */
    static Optional<Completion> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Calls a method that begins a transaction, and throws what its callers have to know. */
    static Object of(Callable<Object> method) throws Exception {
        Completion completion = new Completion();
        return with(Optional.of(completion), () -> completion.call(method));
    }

    /** Calls a method that is outside of the transaction there may be. */
    static Object outside(Callable<Object> method) throws Exception {
        return with(Optional.empty(), method);
    }

    private static Object with(Optional<Completion> now, Callable<Object> method) throws Exception {
        Optional<Completion> before = current();
        make(now);
        try {
            return method.call();
        } finally {
            make(before);
        }
    }

    private static void make(Optional<Completion> now) {
        now.ifPresentOrElse(CURRENT::set, CURRENT::remove);
    }

    private Object call(Callable<Object> method) throws Exception {
        Object result;
        try {
            result = method.call();
        } catch (Exception | Error e) {
            throwHeuristic(Optional.of(e));
            refusals.forEach(refusal -> attach(e, refusal));
            throw e;
        }
        throwHeuristic(Optional.empty());
        return result;
    }

    private void throwHeuristic(Optional<Throwable> thrown) {
        if (!outcomes.isEmpty()) {
            HeuristicOutcomeException exception = new HeuristicOutcomeException(List.copyOf(outcomes));
            thrown.ifPresent(exception::addSuppressed);
            refusals.forEach(exception::addSuppressed);
            throw exception;
        }
    }

    /** Its transaction has ended. Any thread: unless that is the caller's, the method knows nothing of it yet. */
    void ended() {
        cutOff |= Thread.currentThread() != caller;
    }

    /** Whether its transaction has ended under it, as by a time-out. Some transaction managers show none from then on. */
    boolean isCutOff() {
        return cutOff;
    }

    /** An environment did not certainly end as the transaction did. Any thread. */
    void add(HeuristicOutcome outcome) {
        outcomes.add(outcome);
    }

    /** An environment refused to commit, and so the transaction is rolled back. */
    void refused(RuntimeException refusal) {
        refusals.add(refusal);
    }

    /** Not every transaction manager keeps the cause. */
    private static void attach(Throwable thrown, RuntimeException refusal) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable last = thrown;
        for (Throwable each = thrown; each != null && chain.add(each); each = each.getCause()) {
            last = each;
        }
        if (chain.contains(refusal)) {
            return;
        }
        try {
            last.initCause(refusal);
        } catch (IllegalStateException e) {
            thrown.addSuppressed(refusal);
        }
    }
}
