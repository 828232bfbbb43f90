package org.understudy.it.application;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.EnvironmentName;

/** The second environment, which is this server's alone: found by its qualifier, by its name, and by its database. */
@RequestScoped
@Path("ledger")
@Produces(MediaType.TEXT_PLAIN)
public class LedgerResource {

    @Inject
    @EnvironmentName("ledger")
    Environment qualified;

    @Inject
    @Named("ledger")
    Environment named;

    @Inject
    @EnvironmentName("ledger")
    @DatabaseName("lines")
    Database<Long, String> lines;

    /** Its name, as each of the two tells it. */
    @GET
    public String names() {
        return qualified.name() + " " + named.name();
    }

    /** A line. */
    @GET
    @Path("{number}")
    public String get(@PathParam("number") long number) {
        return named.read(transaction -> lines.get(transaction, number)).orElseThrow(NotFoundException::new);
    }

    /** Writes a line. */
    @PUT
    @Path("{number}")
    @Consumes(MediaType.TEXT_PLAIN)
    public String put(@PathParam("number") long number, String text) {
        return qualified
                .write(transaction -> lines.put(transaction, number, text))
                .toString();
    }
}
