package org.understudy.site.commit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A stage that is told at once, by whoever ends it, because no code of the application depends on it. Else each ending is
 * a thread of its own where the machine has one or two processors: the common pool counts as none there.
 */
public final class DirectStage<T> extends CompletableFuture<T> {
    @Override
    public Executor defaultExecutor() {
        return Runnable::run;
    }

    /** What is derived from it is the usual kind again. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
