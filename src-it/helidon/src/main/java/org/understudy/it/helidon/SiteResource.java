package org.understudy.it.helidon;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.understudy.Channel;
import org.understudy.Environment;
import org.understudy.Status;
import org.understudy.cdi.EnvironmentName;
import org.understudy.cdi.ToMaster;
import org.understudy.cdi.ToSite;
import org.understudy.cdi.Topic;

/** What can be injected, and what this site is. */
@Path("site")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class SiteResource {

    @Inject
    Environment environment;

    @Inject
    @EnvironmentName("ledger")
    Environment qualified;

    @Inject
    @Named("ledger")
    Environment named;

    @Inject
    Status status;

    @Inject
    @ToMaster
    @Topic("greet")
    Channel master;

    @Inject
    @Any
    Instance<Channel> channels;

    @Inject
    Ears ears;

    /** Its role. */
    @GET
    @Path("role")
    public String role() {
        return status.local().role().name();
    }

    /** The names of the environments, however they were injected. */
    @GET
    @Path("environments")
    public String environments() {
        return environment.name() + " " + qualified.name() + " " + named.name();
    }

    /** The group, as the configuration has it. */
    @GET
    @Path("group")
    public String group() {
        return environment.config().group();
    }

    /** What the master answers to a greeting. */
    @GET
    @Path("master")
    public String greetMaster() {
        return master.request("from Helidon").text();
    }

    /** What a site answers to a greeting. */
    @GET
    @Path("greet/{site}")
    public String greet(@PathParam("site") String site) {
        return channels.select(ToSite.Literal.of(site))
                .get()
                .topic("greet")
                .request("from Helidon")
                .text();
    }

    /** The events that were heard, one a line: {@code at-once} or {@code later}. */
    @GET
    @Path("events/{way}")
    public String events(@PathParam("way") String way) {
        return String.join("\n", ears.heard(way));
    }
}
