package org.understudy.site.commit;

import java.util.concurrent.Executor;
import org.understudy.thread.Stage;

/**
 * A stage that is told at once, by whoever ends it, because no code of the application depends on it. Else each ending
 * would cost a change of threads.
 */
public final class DirectStage<T> extends Stage<T> {
    @Override
    public Executor defaultExecutor() {
        return Runnable::run;
    }
}
