package org.understudy.it.application;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;

/** The events that the application's observers heard. */
@RequestScoped
@Path("events")
public class EventsResource {

    @Inject
    Ears ears;

    /** Those that were heard in one of the ways of {@link Ears}, a line each, in the order in which they came. */
    @GET
    @Path("{way}")
    @Produces(MediaType.TEXT_PLAIN)
    public String heard(@PathParam("way") String way) {
        return ears.heard(way).stream().map(Hearing::toString).collect(Collectors.joining("\n"));
    }
}
