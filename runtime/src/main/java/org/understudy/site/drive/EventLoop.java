package org.understudy.site.drive;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one thread of a site on which network and protocol live, and nothing may block. */
public final class EventLoop {
    /** This one, and one for the applications' messages. */
    private static final int LOOPS = 2;

    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final ContextInternal context;

    private EventLoop(Vertx vertx, ContextInternal context) {
        this.vertx = vertx;
        this.context = context;
    }

    /** Starts one. To be called on a thread of the library's own, as {@link #close} is. */
    public static EventLoop start() {
        FileSystemOptions files =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(files));
        return new EventLoop(vertx, (ContextInternal) vertx.getOrCreateContext());
    }

    /** Whose event loop it is. */
    public Vertx vertx() {
        return vertx;
    }

    /** The context everything runs on. */
    public Context context() {
        return context;
    }

    /** Runs something on the loop, soon, behind all that was handed in before. Any thread. */
    public void execute(Runnable task) {
        context.runOnContext(now -> task.run());
    }

    /** Whether this is the loop's thread. */
    public boolean isCurrent() {
        return context.inThread();
    }

    /** Runs something once, after so many microseconds or up to a millisecond later. */
    public long timer(long delayMicros, Runnable task) {
        return vertx.setTimer(Math.max(1, (delayMicros + 999) / 1000), due -> task.run());
    }

    void cancelTimer(long timer) {
        vertx.cancelTimer(timer);
    }

    /** Ends the thread once this is done, and waits for both, but not for ever. */
    public void close(CompletionStage<Void> last) {
        await(last);
        await(vertx.close().toCompletionStage());
    }

    private static void await(CompletionStage<Void> end) {
        try {
            end.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(EventLoop.class.getName())
                    .log(System.Logger.Level.WARNING, "USTDY-0341 the event loop did not end in order", e);
        }
    }
}
