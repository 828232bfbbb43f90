package org.understudy.it.application;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.understudy.Environment;
import org.understudy.LocalStatus;
import org.understudy.Status;

/** What this site is at this moment, and orders to it. */
@RequestScoped
@Path("site")
public class SiteResource {

    @Inject
    Environment environment;

    @Inject
    Instance<Status> status;

    /** Its status; what is not known is left out. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String status() {
        LocalStatus local = status.get().local();
        var json = Json.createObjectBuilder();
        local.name().ifPresent(name -> json.add("site", name));
        json.add("role", local.role().name());
        json.add("generation", local.generation());
        local.master().ifPresent(master -> json.add("master", master));
        json.add("ready", local.ready());
        local.reason().ifPresent(reason -> json.add("reason", reason));
        json.add("lsn", local.standing().lsn());
        json.add("permanentLsn", local.permanentLsn());
        json.add("lag", local.lagRecords());
        JsonObject complete = json.build();
        return complete.toString();
    }

    /** One of its options. */
    @GET
    @Path("option/{option}")
    @Produces(MediaType.TEXT_PLAIN)
    public String option(@PathParam("option") String option) {
        return switch (option) {
            case "group" -> environment.config().group();
            case "ack-timeout" -> environment.config().ackTimeout().toString();
            case "heartbeat-send" -> environment.config().heartbeatSend().toString();
            case "home" -> environment.config().home().toString();
            default -> throw new IllegalArgumentException(option);
        };
    }

    /** Has it synchronise with the master, where it waits for that. */
    @POST
    @Path("synchronize")
    public void synchronize() {
        environment.synchronize();
    }

    /** Has it hand mastership over. */
    @POST
    @Path("transfer/{site}")
    public void transfer(@PathParam("site") String site) {
        environment.transferMastership(site);
    }
}
