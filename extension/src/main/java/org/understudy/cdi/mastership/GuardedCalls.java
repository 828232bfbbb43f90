package org.understudy.cdi.mastership;

import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Runs methods under a mastership, and finds out when they end whether it has lasted. */
final class GuardedCalls {

    private static final Logger LOG = System.getLogger(GuardedCalls.class.getName());

    private final MastershipHost host;
    private final Tallies tallies;
    private final Interrupter interrupter = new Interrupter();

    GuardedCalls(MastershipHost host, Tallies tallies) {
        this.host = host;
        this.tallies = tallies;
    }

    /** Runs one; {@code quiet} if there is no caller who could be told that it was cut off. */
    Object run(HeldMastership held, MasterOnlyMethod method, InvocationContext invocation, boolean quiet)
            throws Exception {
        Object result;
        try {
            result = proceed(held, method, invocation);
        } catch (Exception | Error e) {
            boolean lost = isCutOff(held, method);
            if (lost && method.interrupt() && e instanceof InterruptedException) {
                return interrupted(held, method, e, quiet);
            }
            throw e;
        }
        if (Results.isStage(method.method()) && result != null) {
            return onceItEnds((CompletionStage<?>) result, held, method, quiet).toCompletableFuture();
        }
        if (isCutOff(held, method) && !quiet) {
            throw new MastershipLostException(held.place(), held.generation());
        }
        return result;
    }

    private Object proceed(HeldMastership held, MasterOnlyMethod method, InvocationContext invocation)
            throws Exception {
        Optional<Interrupter.Watch> watch =
                method.interrupt() ? Optional.of(interrupter.watch(held)) : Optional.empty();
        CurrentMastership.Scope scope = CurrentMastership.begin(held);
        try {
            return invocation.proceed();
        } finally {
            scope.close();
            watch.ifPresent(Interrupter.Watch::close);
        }
    }

    private static Object interrupted(HeldMastership held, MasterOnlyMethod method, Throwable by, boolean quiet) {
        if (quiet) {
            return Results.skipped(method.method());
        }
        throw new MastershipLostException(held.place(), held.generation(), by);
    }

    private CompletionStage<Object> onceItEnds(
            CompletionStage<?> stage, HeldMastership held, MasterOnlyMethod method, boolean quiet) {
        return stage.handle((value, failure) -> {
            boolean lost = isCutOff(held, method);
            if (failure != null) {
                throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
            }
            if (lost && !quiet) {
                throw new MastershipLostException(held.place(), held.generation());
            }
            return value;
        });
    }

    /** Whether mastership has gone since the call began; if so, tells of it. */
    private boolean isCutOff(HeldMastership held, MasterOnlyMethod method) {
        if (held.isStillMaster()) {
            return false;
        }
        LOG.log(
                Level.WARNING,
                "USTDY-0876 [{0}] {1} was cut off: it began in generation {2}, and this site is no longer master of that",
                held.place(),
                method,
                held.generation());
        tallies.of(held.environment()).callCutOff();
        host.fire(held.environment(), new CallCutOff(held.environment(), method.toString(), held.generation()));
        return true;
    }
}
