package org.understudy.sample.quotes.market;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuoteTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Quote QUOTE =
            new Quote("CUE", "Prompt & Cue", new BigDecimal("10.00"), new BigDecimal("0.50"), 100, NOON, List.of());

    @Test
    void a_trade_moves_price_change_volume_and_time() {
        Quote traded = QUOTE.traded(new BigDecimal("10.257"), 30, NOON.plusSeconds(1));

        assertThat(traded.price()).isEqualTo("10.26");
        assertThat(traded.change()).isEqualTo("0.76");
        assertThat(traded.volume()).isEqualTo(130);
        assertThat(traded.updated()).isEqualTo(NOON.plusSeconds(1));
        assertThat(traded.trail()).containsExactly(new BigDecimal("10.26"));
    }

    @Test
    void the_trail_forgets_its_oldest_price() {
        Quote quote = QUOTE;
        for (int i = 1; i <= Quote.TRAIL_LENGTH + 5; i++) {
            quote = quote.traded(BigDecimal.valueOf(i), 1, NOON);
        }

        assertThat(quote.trail()).hasSize(Quote.TRAIL_LENGTH);
        assertThat(quote.trail().get(0)).isEqualTo("6.00");
    }

    @Test
    void a_price_stays_within_its_bounds() {
        assertThat(QUOTE.traded(BigDecimal.ZERO, 1, NOON).price()).isEqualTo(Quote.LOWEST_PRICE);
        assertThat(QUOTE.traded(new BigDecimal("1e9"), 1, NOON).price()).isEqualTo(Quote.HIGHEST_PRICE);
    }

    @Test
    void a_quote_survives_json() throws Exception {
        Quote quote = Listing.ALL.get(0).opened(new Random(1), NOON);
        Jsonb json = JsonbBuilder.create();

        assertThat(json.fromJson(json.toJson(quote), Quote.class)).isEqualTo(quote);
        json.close();
    }
}
