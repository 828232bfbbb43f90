package org.understudy.it.helidon;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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

/** Entries of a replicated database. */
@Path("entries/{key}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class EntriesResource {

    @Inject
    Environment environment;

    @Inject
    @DatabaseName("entries")
    Database<String, Entry> entries;

    /** The text under a key. */
    @GET
    public String get(@PathParam("key") String key) {
        return entries.get(key).map(Entry::text).orElseThrow(NotFoundException::new);
    }

    /** Puts a text under a key; answers with the kind of the thread that did once it is acknowledged. */
    @PUT
    @Consumes(MediaType.TEXT_PLAIN)
    public String put(@PathParam("key") String key, String text) {
        environment.write(transaction -> entries.put(transaction, key, new Entry(text)));
        return Thread.currentThread().toString();
    }
}
