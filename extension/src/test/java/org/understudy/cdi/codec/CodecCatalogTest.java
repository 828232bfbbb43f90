package org.understudy.cdi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.understudy.Codec;

class CodecCatalogTest {

    private static final CodecCatalog CATALOG = new CodecCatalog(type -> Optional.empty(), JsonbCodecs::find);

    /** A record as JSON-B wants them: public. */
    public record Quote(String symbol, BigDecimal price, Instant updated) {}

    /** A class as JSON-B has always wanted them. */
    public static class Account {
        public String owner;
        public long cents;
    }

    /** A record that JSON-B cannot reach. */
    record Hidden(String text) {}

    enum Size {
        LARGE,
        MEDIUM,
        SMALL {
            @Override
            public String toString() {
                return "a constant with a body";
            }
        }
    }

    static Stream<Object> keys() {
        return Stream.of("text", (byte) -3, (short) 512, -7, Long.MIN_VALUE, -1.5f, 2.5, UUID.randomUUID(), Size.LARGE);
    }

    static Stream<Object> values() {
        return Stream.of(true, 'x', new BigInteger("12345678901234567890"), new BigDecimal("1.50"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void texts_numbers_uuids_and_enums_are_keys_and_values(Object value) {
        assertThat(roundTrip(CATALOG.forKeys(value.getClass()), value)).isEqualTo(value);
        assertThat(roundTrip(CATALOG.forValues(value.getClass()), value)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void what_has_no_ordered_form_is_a_value_only(Object value) {
        assertThat(roundTrip(CATALOG.forValues(value.getClass()), value)).isEqualTo(value);
        assertThatExceptionOfType(NoCodecException.class).isThrownBy(() -> CATALOG.forKeys(value.getClass()));
    }

    @Test
    void bytes_are_keys_and_values() {
        byte[] bytes = {0, -1, 5};
        assertThat(roundTrip(CATALOG.forKeys(byte[].class), bytes)).isEqualTo(bytes);
    }

    @Test
    void an_enum_constant_with_a_body_is_one_of_its_enum() {
        assertThat(roundTrip(CATALOG.forKeys(Size.class), Size.SMALL)).isEqualTo(Size.SMALL);
    }

    @Test
    void an_enum_constant_that_is_gone_is_told() {
        byte[] gone = "HUGE".getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CATALOG.forValues(Size.class).decode(gone))
                .withMessageStartingWith("\"HUGE\" is no constant of Size");
    }

    @Test
    void numbers_keep_their_order_as_keys() {
        assertOrdered(Byte.class, List.of(Byte.MIN_VALUE, (byte) -1, (byte) 0, (byte) 1, Byte.MAX_VALUE));
        assertOrdered(Short.class, List.of(Short.MIN_VALUE, (short) -256, (short) -1, (short) 0, (short) 255));
        assertOrdered(
                Float.class, List.of(Float.NEGATIVE_INFINITY, -2f, -Float.MIN_VALUE, -0f, 0f, 1e-30f, 7f, Float.NaN));
        assertOrdered(
                Double.class,
                List.of(Double.NEGATIVE_INFINITY, -2.0, -1.0, -0.0, 0.0, Double.MIN_VALUE, 1e300, Double.NaN));
    }

    @Test
    void records_and_classes_are_values_as_json() {
        Quote quote = new Quote("ACME", new BigDecimal("12.30"), Instant.parse("2026-11-01T10:15:30.123456Z"));
        Codec<Object> codec = codec(CATALOG.forValues(Quote.class));
        assertThat(codec.decode(codec.encode(quote))).isEqualTo(quote);
        assertThat(new String(codec.encode(quote), StandardCharsets.UTF_8))
                .startsWith("{")
                .contains("\"ACME\"");
        Account account = new Account();
        account.owner = "Ada";
        account.cents = 7;
        assertThat(roundTrip(CATALOG.forValues(Account.class), account))
                .usingRecursiveComparison()
                .isEqualTo(account);
    }

    @Test
    void collections_of_records_are_values_as_json() {
        List<Quote> quotes = List.of(new Quote("A", BigDecimal.ONE, Instant.EPOCH));
        Type list = new TypeLiteral<List<Quote>>() {}.getType();
        assertThat(roundTrip(CATALOG.forValues(list), quotes)).isEqualTo(quotes);
        Type map = new TypeLiteral<Map<String, Integer>>() {}.getType();
        assertThat(roundTrip(CATALOG.forValues(map), Map.of("a", 1))).isEqualTo(Map.of("a", 1));
    }

    @Test
    void what_is_no_json_is_told() {
        for (String text : List.of("null", "{", "7")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> CATALOG.forValues(Quote.class).decode(text.getBytes(StandardCharsets.UTF_8)))
                    .withMessageStartingWith("JSON-B cannot read a Quote");
        }
    }

    @Test
    void records_are_no_keys() {
        assertThatExceptionOfType(NoCodecException.class)
                .isThrownBy(() -> CATALOG.forKeys(Quote.class))
                .withMessageStartingWith("keys of type Quote have no form that keeps their order")
                .withMessageEndingWith("or make a bean of type Codec<Quote>");
    }

    @Test
    void without_json_b_a_record_is_refused_with_what_to_do() {
        CodecCatalog without = new CodecCatalog(type -> Optional.empty(), Optional::empty);
        assertThatExceptionOfType(NoCodecException.class)
                .isThrownBy(() -> without.forValues(Quote.class))
                .withMessage("values of type Quote need JSON-B, which is not there: add an implementation of it,"
                        + " or make a bean of type Codec<Quote>");
        assertThat(without.forValues(String.class)).isNotNull();
    }

    @Test
    void a_record_that_json_b_cannot_reach_is_refused_before_it_is_first_written() {
        assertThatExceptionOfType(NoCodecException.class)
                .isThrownBy(() -> CATALOG.forValues(Hidden.class))
                .withMessage("values of type Hidden become JSON only if the type is public: make it so,"
                        + " or make a bean of type Codec<Hidden>");
    }

    @Test
    void a_type_that_says_nothing_is_refused() {
        assertThatExceptionOfType(NoCodecException.class)
                .isThrownBy(() -> CATALOG.forValues(Object.class))
                .withMessageStartingWith("values of type Object cannot be stored");
    }

    @Test
    void ones_own_codec_comes_first() {
        Codec<String> own = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return new byte[] {1};
            }

            @Override
            public String decode(byte[] bytes) {
                return "own";
            }
        };
        CodecCatalog catalog =
                new CodecCatalog(type -> type == String.class ? Optional.of(own) : Optional.empty(), Optional::empty);
        assertThat(catalog.forKeys(String.class)).isSameAs(own);
        assertThat(catalog.forValues(String.class)).isSameAs(own);
    }

    private static <T> void assertOrdered(Class<T> type, List<T> ascending) {
        Codec<Object> codec = codec(CATALOG.forKeys(type));
        Comparator<byte[]> unsigned = Arrays::compareUnsigned;
        assertThat(ascending.stream().map(codec::encode).toList()).isSortedAccordingTo(unsigned);
        assertThat(ascending).allSatisfy(value -> assertThat(codec.decode(codec.encode(value)))
                .isEqualTo(value));
    }

    private static Object roundTrip(Codec<?> codec, Object value) {
        return codec(codec).decode(codec(codec).encode(value));
    }

    @SuppressWarnings("unchecked") // the tests pass what the codec is for
    private static Codec<Object> codec(Codec<?> codec) {
        return (Codec<Object>) codec;
    }
}
