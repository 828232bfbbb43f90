package org.understudy.it.application.start;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What became of the start. */
@RequestScoped
@Path("start")
@Produces(MediaType.TEXT_PLAIN)
public class StartResource {

    @Inject
    Instance<Opener> opener;

    /** What the EJB found that starts with the application; none where the server has no EJBs. */
    @GET
    public String found() {
        return opener.stream().findFirst().orElseThrow(NotFoundException::new).found();
    }
}
