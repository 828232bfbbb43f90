package org.understudy.sample.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.understudy.sample.common.group.Neighbourhood;
import org.understudy.sample.common.web.Answer;
import org.understudy.sample.common.web.Buttons;
import org.understudy.sample.common.web.LiveFeed;

/** What the page asks of its site: its feed, its state, its buttons. */
@ApplicationScoped
@Path("/")
public class SiteResource {

    @Inject
    Neighbourhood neighbourhood;

    @Inject
    LiveFeed feed;

    @Inject
    Buttons buttons;

    @Inject
    Jsonb json;

    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink, @Context Sse sse) {
        feed.open(new StreamedPage(sink, sse));
    }

    @GET
    @Path("status")
    @Produces(MediaType.APPLICATION_JSON)
    public String status() {
        return json.toJson(neighbourhood.self());
    }

    @POST
    @Path("{button}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response press(@PathParam("button") String button, @Context UriInfo request) {
        Answer answer = buttons.press(
                button, name -> Optional.ofNullable(request.getQueryParameters().getFirst(name))
                        .orElse(""));
        return Response.status(answer.status()).entity(json.toJson(answer)).build();
    }
}
