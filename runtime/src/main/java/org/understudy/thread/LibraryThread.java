package org.understudy.thread;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes the library's threads. Vert.x, Netty and RocksDB leave traces on every thread they are opened or closed from; on
 * a server's own threads those would keep a redeployed application in memory for ever.
 */
public final class LibraryThread {

    private LibraryThread() {}

    /** A daemon thread, not yet started, that sees the library's class loader and inherits nothing from the caller. */
    public static Thread create(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(LibraryThread.class.getClassLoader());
        return thread;
    }

    /**
     * Runs a life-cycle call on a thread of its own and waits for it, however long it takes; an interrupt is kept for
     * afterwards.
     *
     * @return what the call returned; what it threw is thrown on
     */
    public static <T> T call(String name, Callable<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        create(name, () -> {
                    try {
                        result.complete(body.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        try {
            return result.join();
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    /** {@link #call} without a result. */
    public static void run(String name, Runnable body) {
        call(name, () -> {
            body.run();
            return null;
        });
    }

    private static RuntimeException unwrapped(CompletionException wrapper) {
        Throwable cause = wrapper.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : wrapper;
    }
}
