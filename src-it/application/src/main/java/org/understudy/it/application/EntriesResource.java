package org.understudy.it.application;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.cdi.DatabaseName;

/** Entries of text in a replicated database. */
@RequestScoped
@Path("entries")
@Produces(MediaType.TEXT_PLAIN)
public class EntriesResource {

    @Inject
    Environment environment;

    @Inject
    @DatabaseName("entries")
    Database<String, String> entries;

    /** All of them, a line each, in the order of their keys: {@code key=value}. */
    @GET
    public String all() {
        return environment.read(transaction -> {
            try (var found = entries.stream(transaction, KeyRange.all())) {
                return found.map(entry -> entry.key() + "=" + entry.value()).collect(Collectors.joining("\n"));
            }
        });
    }

    /** The text under a key. */
    @GET
    @Path("{key}")
    public String get(@PathParam("key") String key) {
        return entries.get(key).orElseThrow(NotFoundException::new);
    }

    /** Puts a text under a key; answers with the commit's token once it is acknowledged. */
    @PUT
    @Path("{key}")
    @Consumes(MediaType.TEXT_PLAIN)
    public String put(@PathParam("key") String key, String text) {
        return environment
                .write(transaction -> entries.put(transaction, key, text))
                .toString();
    }

    /** Removes the text under a key. */
    @DELETE
    @Path("{key}")
    public String delete(@PathParam("key") String key) {
        return environment
                .write(transaction -> entries.delete(transaction, key))
                .toString();
    }
}
