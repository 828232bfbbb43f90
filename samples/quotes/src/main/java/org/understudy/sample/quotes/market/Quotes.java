package org.understudy.sample.quotes.market;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.understudy.Database;
import org.understudy.Entry;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.cdi.DatabaseName;

/** The quotes in the database: read on every site, written by the master, which takes writes from the others too. */
@ApplicationScoped
public class Quotes {

    private static final int MOST_TRADES_AT_ONCE = 4;

    private final RandomGenerator random = RandomGenerator.getDefault();

    @Inject
    Environment environment;

    @Inject
    @DatabaseName("quotes")
    Database<String, Quote> quotes;

    /** All quotes by symbol, of one moment. */
    public List<Quote> all() {
        return environment.read(transaction -> {
            try (var entries = quotes.stream(transaction, KeyRange.all())) {
                return entries.map(Entry::value).toList();
            }
        });
    }

    /**
     * Sets a price. A client forwards the whole transaction to the master, and has it itself when this returns.
     *
     * @throws IllegalArgumentException if nobody trades that share
     */
    public void change(String symbol, BigDecimal price) {
        environment.write(transaction -> {
            Quote quote = quotes.getForUpdate(transaction, symbol)
                    .orElseThrow(() -> new IllegalArgumentException("Nobody trades " + symbol + " here"));
            quotes.put(transaction, symbol, quote.traded(price, 0, Instant.now()));
        });
    }

    /** Opens the market for every share that is not traded yet. */
    void list() {
        environment.write(transaction -> {
            for (Listing listing : Listing.ALL) {
                if (!quotes.contains(transaction, listing.symbol())) {
                    quotes.put(transaction, listing.symbol(), listing.opened(random, Instant.now()));
                }
            }
        });
    }

    /** A few trades, in one transaction. */
    void trade() {
        environment.write(transaction -> {
            int trades = random.nextInt(1, MOST_TRADES_AT_ONCE + 1);
            for (int i = 0; i < trades; i++) {
                String symbol =
                        Listing.ALL.get(random.nextInt(Listing.ALL.size())).symbol();
                quotes.getForUpdate(transaction, symbol)
                        .map(quote -> Listing.trade(quote, random, Instant.now()))
                        .ifPresent(quote -> quotes.put(transaction, symbol, quote));
            }
        });
    }
}
