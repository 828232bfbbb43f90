package org.understudy.sample.quotes.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one share costs, as it lies in the database.
 *
 * @param symbol the share, and the key
 * @param company whose share it is
 * @param price what it costs now
 * @param change how much more that is than at the opening
 * @param volume how many were traded since then
 * @param updated when it was last traded
 * @param trail its last prices, oldest first; they survive a takeover like everything else here
 */
public record Quote(
        String symbol,
        String company,
        BigDecimal price,
        BigDecimal change,
        long volume,
        Instant updated,
        List<BigDecimal> trail) {

    static final int TRAIL_LENGTH = 48;
    static final BigDecimal LOWEST_PRICE = new BigDecimal("0.01");
    static final BigDecimal HIGHEST_PRICE = new BigDecimal("99999.99");

    public Quote {
        trail = List.copyOf(trail);
    }

    /** This share after a trade. A price out of bounds becomes the bound. */
    Quote traded(BigDecimal wantedPrice, long shares, Instant when) {
        BigDecimal newPrice = wantedPrice.max(LOWEST_PRICE).min(HIGHEST_PRICE).setScale(2, RoundingMode.HALF_EVEN);
        BigDecimal opening = price.subtract(change);
        List<BigDecimal> newTrail = Stream.concat(trail.stream(), Stream.of(newPrice))
                .skip(Math.max(0, trail.size() + 1 - TRAIL_LENGTH))
                .toList();
        return new Quote(symbol, company, newPrice, newPrice.subtract(opening), volume + shares, when, newTrail);
    }
}
