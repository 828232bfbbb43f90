package org.understudy.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What an application's threads have and ours do not: its class loader, and in a server its names, its security and its
 * transactions. Captured on one of the application's threads, it then runs tasks on the thread that brings them.
 */
final class ApplicationContext {

    private static final Logger LOG = System.getLogger(ApplicationContext.class.getName());
    private static final String CONTEXT_SERVICE = "java:comp/DefaultContextService";

    private ApplicationContext() {}

    /** The context of the thread that calls: all that a server can give, or else its class loader. */
    static Executor capture() {
        Executor plain = withClassLoader(Thread.currentThread().getContextClassLoader());
        return serverContext().map(server -> either(server, plain)).orElse(plain);
    }

    private static Executor withClassLoader(ClassLoader loader) {
        return task -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                task.run();
            } finally {
                thread.setContextClassLoader(before);
            }
        };
    }

    /** Without a server there are no names to look up, and maybe not even the classes. */
    private static Optional<Executor> serverContext() {
        try {
            ContextService service = InitialContext.doLookup(CONTEXT_SERVICE);
            return Optional.of(service.currentContextExecutor());
        } catch (NamingException | LinkageError | ClassCastException e) {
            LOG.log(Level.DEBUG, "USTDY-0821 no " + CONTEXT_SERVICE + ": events come with the class loader alone", e);
            return Optional.empty();
        }
    }

    /** A server that is taking the application down may refuse its context; the task runs all the same. */
    private static Executor either(Executor server, Executor plain) {
        return task -> {
            Once once = new Once(task);
            try {
                server.execute(once);
            } catch (RuntimeException e) {
                if (once.begun) {
                    throw e;
                }
                LOG.log(Level.DEBUG, "USTDY-0822 the server gives its context no more", e);
            }
            plain.execute(once);
        };
    }

    /** A task that runs the first time only. Used by one thread. */
    private static final class Once implements Runnable {

        private final Runnable task;
        private boolean begun;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!begun) {
                begun = true;
                task.run();
            }
        }
    }
}
