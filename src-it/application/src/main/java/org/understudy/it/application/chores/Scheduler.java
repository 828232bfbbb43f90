package org.understudy.it.application.chores;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Calls for the chores on every site, with the server's scheduler. */
@ApplicationScoped
public class Scheduler {

    private static final long STEP_MILLIS = 20;

    private final AtomicInteger calls = new AtomicInteger();
    private final List<Future<?>> scheduled = new ArrayList<>();

    @Inject
    Chores chores;

    /** Begins to call again and again. */
    public synchronized void start() throws NamingException {
        scheduled.add(executor().scheduleAtFixedRate(this::call, 0, STEP_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void call() {
        chores.again();
        calls.incrementAndGet();
    }

    /** How often it has called. */
    public int calls() {
        return calls.get();
    }

    /** One call that has a result. */
    public Future<Long> once() throws NamingException {
        return executor().submit(chores::now);
    }

    @PreDestroy
    synchronized void stop() {
        scheduled.forEach(each -> each.cancel(false));
    }

    private static ManagedScheduledExecutorService executor() throws NamingException {
        return InitialContext.doLookup("java:comp/DefaultManagedScheduledExecutorService");
    }
}
