package org.understudy.thread;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an asynchronous call returns. Unless somebody says otherwise, what depends on it runs in the {@link LibraryPool}. */
public class Stage<T> extends CompletableFuture<T> {

    /** One that has yet to end. */
    public Stage() {}

    /** One that has ended with this value. */
    public static <T> CompletionStage<T> completed(T value) {
        Stage<T> stage = new Stage<>();
        stage.complete(value);
        return stage;
    }

    /** One that has failed. */
    public static <T> CompletionStage<T> failed(Throwable why) {
        Stage<T> stage = new Stage<>();
        stage.completeExceptionally(why);
        return stage;
    }

    /** One that ends by itself in a while. */
    public static Stage<Void> after(Duration delay) {
        Stage<Void> stage = new Stage<>();
        LibraryPool.later(delay, () -> stage.complete(null));
        return stage;
    }

    @Override
    public Executor defaultExecutor() {
        return LibraryPool.executor();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Stage<>();
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        return within(timeout, unit, () -> completeExceptionally(new TimeoutException()));
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return within(timeout, unit, () -> complete(value));
    }

    private CompletableFuture<T> within(long timeout, TimeUnit unit, Runnable end) {
        if (!isDone()) {
            Future<?> timer = LibraryPool.later(Duration.ofNanos(unit.toNanos(timeout)), end);
            whenComplete((value, failure) -> timer.cancel(false));
        }
        return this;
    }
}
