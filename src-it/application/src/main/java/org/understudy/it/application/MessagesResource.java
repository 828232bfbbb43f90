package org.understudy.it.application;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.understudy.Channel;
import org.understudy.cdi.ToAll;
import org.understudy.cdi.ToMaster;
import org.understudy.cdi.ToSite;
import org.understudy.cdi.Topic;

/** Messages to other sites. */
@RequestScoped
@Path("messages")
@Consumes(MediaType.TEXT_PLAIN)
@Produces(MediaType.TEXT_PLAIN)
public class MessagesResource {

    @Inject
    @ToMaster
    @Topic("greet")
    Channel master;

    @Inject
    @ToAll
    @Topic("news")
    Channel all;

    @Inject
    @Any
    Instance<Channel> channels;

    /** Asks the master, and answers with its answer. */
    @POST
    @Path("master")
    public String askMaster(String text) {
        return master.request(text).text();
    }

    /** Asks one site, and answers with its answer. */
    @POST
    @Path("site/{site}")
    public String askSite(@PathParam("site") String site, String text) {
        return channels.select(ToSite.Literal.of(site))
                .get()
                .topic("greet")
                .request(text)
                .text();
    }

    /** Tells all others. */
    @POST
    @Path("all")
    public void tellAll(String text) {
        all.send(text);
    }
}
