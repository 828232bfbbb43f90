package org.understudy.it.application.timer;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What this site knows of the ticks of the group's timer. */
@RequestScoped
@Path("timer")
@Produces(MediaType.TEXT_PLAIN)
public class TimerResource {

    @Inject
    TickLog log;

    /** Those that ran: when each was due, and in which generation it ran. */
    @GET
    @Path("ran")
    public String ran() {
        return String.join("\n", log.allRan());
    }

    /** Those that were told missed: from when, until when, and why. */
    @GET
    @Path("missed")
    public String missed() {
        return String.join("\n", log.allMissed());
    }
}
