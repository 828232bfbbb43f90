package org.understudy.site;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.Consistency;
import org.understudy.Standing;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.Stage;

/** One read that waits for a snapshot of its consistency. */
final class SnapshotRequest {
    private final Consistency consistency;
    private final Duration timeout;
    private final Supplier<StoreTransaction> begin;
    private final CompletableFuture<StoreTransaction> stage = new Stage<>();
    private Optional<CompletableFuture<Void>> applied = Optional.empty();
    private Optional<StoreTransaction> taken = Optional.empty();

    /** What an earlier one would take now must not replace what this one has taken. */
    private long newestAttempt;

    private boolean ended;

    SnapshotRequest(Consistency consistency, Duration timeout, Supplier<StoreTransaction> begin) {
        this.consistency = consistency;
        this.timeout = timeout;
        this.begin = begin;
    }

    Consistency consistency() {
        return consistency;
    }

    Duration timeout() {
        return timeout;
    }

    CompletableFuture<StoreTransaction> stage() {
        return stage;
    }

    /**
     * Takes a snapshot when this stage is complete, and tells its standing; nothing where that failed, and the read with it.
     * An earlier attempt that has begun meanwhile takes none any more, so that the one told last is the one that is kept.
     */
    synchronized void waitFor(long attempt, CompletableFuture<Void> ready, Consumer<Optional<Standing>> then) {
        applied.ifPresent(earlier -> earlier.cancel(false));
        applied = Optional.of(ready);
        newestAttempt = attempt;
        ready.thenRunAsync(() -> take(attempt, then));
    }

    private void take(long attempt, Consumer<Optional<Standing>> then) {
        Optional<Standing> shown;
        synchronized (this) {
            if (attempt != newestAttempt) {
                return;
            }
            shown = ended ? Optional.empty() : take();
        }
        then.accept(shown);
    }

    private Optional<Standing> take() {
        letGo();
        try {
            StoreTransaction transaction = begin.get();
            taken = Optional.of(transaction);
            return Optional.of(transaction.standing());
        } catch (RuntimeException e) {
            fail(e);
            return Optional.empty();
        }
    }

    private void letGo() {
        taken.ifPresent(StoreTransaction::close);
        taken = Optional.empty();
    }

    /** The snapshot taken last is the one. */
    synchronized void succeed() {
        ended = true;
        StoreTransaction good = taken.orElseThrow();
        stage.completeAsync(() -> good);
    }

    /** There is none. Whatever depends on the stage does not run on this thread. */
    synchronized void fail(RuntimeException why) {
        ended = true;
        applied.ifPresent(waiting -> waiting.cancel(false));
        letGo();
        stage.defaultExecutor().execute(() -> stage.completeExceptionally(why));
    }
}
