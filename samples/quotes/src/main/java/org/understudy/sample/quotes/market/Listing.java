package org.understudy.sample.quotes.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** A share that is traded here, before its first trade. All of them are made up. */
record Listing(String symbol, String company, BigDecimal openingPrice) {

    /** How far one trade moves a price, as a share of it: the standard deviation. */
    private static final double VOLATILITY = 0.004;

    static final List<Listing> ALL = List.of(
            new Listing("BOXO", "Box Office Payments", "48.20"),
            new Listing("CUE", "Prompt & Cue", "17.35"),
            new Listing("ENCR", "Encore Music", "92.10"),
            new Listing("FOYR", "Foyer Hospitality", "31.80"),
            new Listing("GREN", "Green Room Foods", "24.55"),
            new Listing("GRIP", "Key Grip Steel", "63.90"),
            new Listing("LEAD", "Leading Role Holdings", "214.75"),
            new Listing("LIME", "Limelight Energy", "138.40"),
            new Listing("PROP", "Property Masters", "55.05"),
            new Listing("WING", "Wings & Flies Air", "7.85"));

    Listing(String symbol, String company, String openingPrice) {
        this(symbol, company, new BigDecimal(openingPrice));
    }

    /** Its quote at the opening of the market, with a morning already behind it, so that there is a line to see. */
    Quote opened(RandomGenerator random, Instant when) {
        Quote quote = new Quote(symbol, company, openingPrice, new BigDecimal("0.00"), 0, when, List.of());
        for (int i = 0; i < Quote.TRAIL_LENGTH; i++) {
            quote = trade(quote, random, when);
        }
        return quote;
    }

    /** One trade by somebody, at a price a little above or below the last. */
    static Quote trade(Quote quote, RandomGenerator random, Instant when) {
        BigDecimal factor = BigDecimal.valueOf(1 + random.nextGaussian() * VOLATILITY);
        BigDecimal price = quote.price().multiply(factor).setScale(2, RoundingMode.HALF_EVEN);
        return quote.traded(price, 10 * random.nextLong(1, 60), when);
    }
}
