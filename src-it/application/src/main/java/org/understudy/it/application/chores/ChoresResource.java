package org.understudy.it.application.chores;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.naming.NamingException;

/** Has chores done at this site, or refused. */
@RequestScoped
@Path("chores")
@Produces(MediaType.TEXT_PLAIN)
public class ChoresResource {

    @Inject
    Chores chores;

    @Inject
    Scheduler scheduler;

    /** In which generation one was done asynchronously, or why it was not. */
    @POST
    @Path("later")
    public String later() throws InterruptedException {
        return result(chores.later());
    }

    /** The same of one that the server's scheduler does. */
    @POST
    @Path("once")
    public String once() throws InterruptedException, NamingException {
        return result(scheduler.once());
    }

    /** Has the scheduler call from now on. */
    @POST
    @Path("schedule")
    public void schedule() throws NamingException {
        scheduler.start();
    }

    /** How often the scheduler has called. */
    @GET
    @Path("calls")
    public int calls() {
        return scheduler.calls();
    }

    /** How often one was done because of that. */
    @GET
    @Path("done")
    public int done() {
        return chores.done();
    }

    private static String result(Future<Long> chore) throws InterruptedException {
        try {
            return "generation " + chore.get();
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName() + ": " + e.getCause().getMessage();
        }
    }
}
