package org.understudy.it.application;

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

/** Records in a replicated database, as the server's JSON-B writes them. */
@RequestScoped
@Path("quotes/{symbol}")
@Produces(MediaType.TEXT_PLAIN)
public class QuotesResource {

    @Inject
    Environment environment;

    @Inject
    @DatabaseName("quotes")
    Database<String, Quote> quotes;

    /** A quote's price. */
    @GET
    public long get(@PathParam("symbol") String symbol) {
        return quotes.get(symbol).map(Quote::cents).orElseThrow(NotFoundException::new);
    }

    /** Sets a quote's price. */
    @PUT
    @Consumes(MediaType.TEXT_PLAIN)
    public String put(@PathParam("symbol") String symbol, String cents) {
        Quote quote = new Quote(symbol, Long.parseLong(cents));
        return environment
                .write(transaction -> quotes.put(transaction, symbol, quote))
                .toString();
    }
}
