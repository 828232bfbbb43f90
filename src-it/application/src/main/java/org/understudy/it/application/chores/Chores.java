package org.understudy.it.application.chores;

import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;
import org.understudy.cdi.mastership.Otherwise;

/** What the master has to do. */
@ApplicationScoped
public class Chores {

    private final AtomicInteger done = new AtomicInteger();

    @Inject
    Mastership mastership;

    /** Tells, on another thread, in which generation it is done. */
    @Asynchronous
    @MasterOnly
    public CompletableFuture<Long> later() {
        return Asynchronous.Result.complete(mastership.generation());
    }

    /** The same on the thread that calls. */
    @MasterOnly
    public long now() {
        return mastership.generation();
    }

    /** Right for schedulers, which give up on what throws. */
    @MasterOnly(otherwise = Otherwise.SKIP)
    public void again() {
        done.incrementAndGet();
    }

    /** How often that was done here. */
    public int done() {
        return done.get();
    }
}
