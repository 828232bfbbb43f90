package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codec;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.Role;
import org.understudy.Status;

class InjectionTest {

    /** A value that JSON-B writes. */
    public record Quote(String symbol, long cents) {}

    /** A value and key that the application writes itself. */
    record Money(long cents) {}

    @Dependent
    static class MoneyCodec implements Codec<Money> {
        @Override
        public byte[] encode(Money money) {
            return ("own " + money.cents()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Money decode(byte[] bytes) {
            return new Money(Long.parseLong(new String(bytes, StandardCharsets.UTF_8).substring(4)));
        }
    }

    @Singleton
    static class Quotes {
        @Inject
        Environment environment;

        @Inject
        Instance<Status> status;

        @Inject
        @DatabaseName("quotes")
        Database<String, Quote> quotes;

        @Inject
        @DatabaseName("numbers")
        Database<UUID, Double> numbers;

        @Inject
        @DatabaseName("blobs")
        Instance<Database<byte[], byte[]>> blobs;

        @Inject
        @DatabaseName("prices")
        Database<Money, Money> prices;

        @Inject
        @DatabaseName("prices")
        Database<byte[], byte[]> rawPrices;

        @Inject
        @Any
        Instance<Database<String, Quote>> any;
    }

    @Singleton
    static class Shop {
        @Inject
        @EnvironmentName("orders")
        Environment orders;

        @Inject
        @Named("users")
        Environment users;

        @Inject
        @EnvironmentName("users")
        Instance<Status> usersStatus;

        @Inject
        @EnvironmentName("orders")
        @DatabaseName("names")
        Database<Long, String> orderNames;

        @Inject
        @EnvironmentName("users")
        @DatabaseName("names")
        Database<Long, String> userNames;

        @Inject
        @DatabaseName("names")
        Database<Long, String> names;

        @Inject
        @Any
        Instance<Environment> all;
    }

    @TempDir
    Path home;

    @Test
    void an_environment_its_databases_and_its_status_are_injected() {
        try (Application.Started application = Application.start(one(), Quotes.class, MoneyCodec.class)) {
            Quotes quotes = application.get(Quotes.class);
            quotes.environment.write(txn -> quotes.quotes.put(txn, "ACME", new Quote("ACME", 1_250)));
            assertThat(quotes.quotes.get("ACME")).contains(new Quote("ACME", 1_250));
            assertThat(quotes.status.get().local().role()).isEqualTo(Role.MASTER);
            assertThat(quotes.environment.databaseNames()).containsExactly("quotes");
        }
    }

    @Test
    void keys_and_values_are_of_the_types_that_the_injection_point_names() {
        try (Application.Started application = Application.start(one(), Quotes.class, MoneyCodec.class)) {
            Quotes quotes = application.get(Quotes.class);
            UUID key = UUID.randomUUID();
            quotes.numbers.put(key, -1.5);
            assertThat(quotes.numbers.get(key)).contains(-1.5);
            byte[] bytes = {1, 2};
            quotes.blobs.get().put(bytes, bytes);
            assertThat(quotes.blobs.get().get(bytes)).contains(bytes);
        }
    }

    @Test
    void a_codec_that_is_a_bean_comes_before_json() {
        try (Application.Started application = Application.start(one(), Quotes.class, MoneyCodec.class)) {
            Quotes quotes = application.get(Quotes.class);
            quotes.prices.put(new Money(7), new Money(9));
            assertThat(quotes.prices.get(new Money(7))).contains(new Money(9));
            byte[] key = "own 7".getBytes(StandardCharsets.UTF_8);
            assertThat(quotes.rawPrices.get(key)).contains("own 9".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_database_can_be_asked_for_by_a_name_made_at_run_time() {
        try (Application.Started application = Application.start(one(), Quotes.class, MoneyCodec.class)) {
            Quotes quotes = application.get(Quotes.class);
            quotes.quotes.put("A", new Quote("A", 1));
            TypeLiteral<Database<String, Quote>> type = new TypeLiteral<>() {};
            Database<String, Quote> found =
                    quotes.any.select(type, DatabaseName.Literal.of("quotes")).get();
            assertThat(found.get("A")).contains(new Quote("A", 1));
        }
    }

    @Test
    void several_environments_are_told_apart_by_name() {
        try (Application.Started application = Application.start(three(), Shop.class)) {
            Shop shop = application.get(Shop.class);
            shop.orderNames.put(1L, "order");
            shop.userNames.put(1L, "user");
            shop.names.put(1L, "default");
            assertThat(shop.orders.name()).isEqualTo("orders");
            assertThat(shop.users.name()).isEqualTo("users");
            assertThat(shop.usersStatus.get().local().environment()).isEqualTo("users");
            assertThat(shop.orderNames.get(1L)).contains("order");
            assertThat(shop.userNames.get(1L)).contains("user");
            assertThat(shop.names.get(1L)).contains("default");
            assertThat(shop.all.stream().map(Environment::name))
                    .containsExactlyInAnyOrder("default", "orders", "users");
        }
    }

    @Test
    void what_was_written_is_there_after_a_restart() {
        try (Application.Started application = Application.start(one(), Quotes.class, MoneyCodec.class)) {
            application.get(Quotes.class).quotes.put("A", new Quote("A", 1));
        }
        try (Application.Started application = Application.start(one(), Quotes.class, MoneyCodec.class)) {
            Quotes quotes = application.get(Quotes.class);
            assertThat(quotes.environment.<Long>read(
                            txn -> quotes.quotes.stream(txn, KeyRange.all()).count()))
                    .isEqualTo(1);
        }
    }

    private List<String> one() {
        return List.of("understudy.home", home.toString());
    }

    private List<String> three() {
        return List.of(
                "understudy.home", home.resolve("default").toString(),
                "understudy.environments", "orders,users",
                "understudy.environment.orders.home", home.resolve("orders").toString(),
                "understudy.environment.users.home", home.resolve("users").toString());
    }
}
