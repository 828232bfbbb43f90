package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.Codec;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.DatabaseFilter;
import org.understudy.Environment;

class DeploymentProblemsTest {

    /** A value for JSON-B. */
    public record Quote(String symbol) {}

    @Singleton
    static class Plain {
        @Inject
        Environment environment;
    }

    @Singleton
    static class Orders {
        @Inject
        @EnvironmentName("orders")
        @DatabaseName("orders")
        Database<String, String> orders;
    }

    @Singleton
    static class BadDatabases {
        @Inject
        @DatabaseName("by-quote")
        Database<Quote, String> byQuote;

        @Inject
        @DatabaseName("objects")
        Database<String, Object> objects;

        @Inject
        @DatabaseName("")
        Database<String, String> nameless;

        @Inject
        @DatabaseName("raw")
        @SuppressWarnings("rawtypes") // what it is refused for
        Database raw;
    }

    @Singleton
    static class Numbers {
        @Inject
        @DatabaseName("numbers")
        Database<String, Long> numbers;
    }

    @Dependent
    static class OneCodec implements Codec<Long> {
        @Override
        public byte[] encode(Long value) {
            return Codecs.LONG.encode(value);
        }

        @Override
        public Long decode(byte[] bytes) {
            return Codecs.LONG.decode(bytes);
        }
    }

    @Dependent
    static class OtherCodec extends OneCodec {}

    @Singleton
    static class BadChannels {
        @Inject
        @ToSite("node2")
        Channel partner;

        @Inject
        @ToMaster
        @ToAll
        Channel both;

        @Inject
        @Topic("jobs")
        Channel nowhere;

        @Inject
        @EnvironmentName("orders")
        @ToMaster
        Channel orders;

        void job(@Observes @Topic("") ChannelMessage message) {
            throw new AssertionError("never deployed");
        }
    }

    /** Is asked for while the environment opens, and uses it. */
    @Dependent
    static class HastyFilter implements DatabaseFilter {
        private final String first;

        @Inject
        HastyFilter(Environment environment) {
            first = environment.name();
        }

        @Override
        public boolean accepts(String database) {
            return database.equals(first);
        }
    }

    @TempDir
    Path home;

    @Test
    void everything_that_is_wrong_with_the_configuration_is_told_at_once() {
        assertThat(failure(
                        with("understudy.priority", "high", "understudy.ack-polizy", "ALL", "understudy.view", "true"),
                        Plain.class))
                .contains("Understudy cannot be deployed as it is configured:")
                .contains("\n  - understudy.priority = \"high\" is no whole number; accepted: 0 to 1000")
                .contains("\n  - understudy.view = true needs local-site")
                .contains(
                        "\n  - understudy.ack-polizy is no property of Understudy; did you mean understudy.ack-policy?");
    }

    @Test
    void without_a_home_the_default_environment_cannot_be_injected() {
        assertThat(failure(List.of(), Plain.class))
                .contains("Plain.environment asks for the default environment, and there is none (configured: none);"
                        + " set understudy.home");
    }

    @Test
    void nothing_configured_and_nothing_injected_is_no_problem() {
        Application.start(List.of(), OneCodec.class).close();
    }

    @Test
    void an_environment_that_is_injected_has_to_be_configured() {
        assertThat(failure(with(), Orders.class))
                .contains("Orders.orders asks for the environment orders, which is not configured"
                        + " (configured: default); name it in understudy.environments and set"
                        + " understudy.environment.orders.home");
    }

    @Test
    void databases_whose_types_cannot_be_stored_are_told_all_at_once() {
        assertThat(failure(with(), BadDatabases.class))
                .contains("BadDatabases.byQuote, database by-quote: keys of type Quote have no form")
                .contains("or make a bean of type Codec<Quote>")
                .contains("BadDatabases.objects, database objects: values of type Object cannot be stored")
                .contains("BadDatabases.nameless: a database's name has 1 to 255 characters")
                .contains("BadDatabases.raw, database raw: keys of type Object have no form");
    }

    @Test
    void channels_that_lead_nowhere_are_told_all_at_once() {
        assertThat(failure(with(), BadChannels.class))
                .contains("BadChannels.partner: @ToSite names no site: \"node2\" must be host:port")
                .contains("BadChannels.both: a channel leads to one target")
                .contains("BadChannels.nowhere: a channel leads to one target")
                .contains("BadChannels.orders asks for the environment orders, which is not configured")
                .contains("job(org.understudy.ChannelMessage): a topic has 1 to 255 characters");
    }

    @Test
    void two_codecs_for_one_type_are_one_too_many() {
        assertThat(failure(with(), Numbers.class, OneCodec.class, OtherCodec.class))
                .contains("Numbers.numbers, database numbers: there are several beans of type Codec<Long>");
    }

    @Test
    void a_home_that_is_a_file_fails_the_deployment() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        assertThat(failure(List.of("understudy.home", file.toString()), Plain.class))
                .contains(file.toString());
    }

    @Test
    void a_bean_that_the_environment_needs_cannot_need_it() {
        assertThat(failure(with(), HastyFilter.class)).contains("The environments are just being opened");
        Application.start(with("understudy.subordinates", "false"), Plain.class).close();
    }

    @Test
    void a_home_that_another_application_has_open_and_does_not_share_fails_the_deployment() {
        List<String> alone = with("understudy.subordinates", "false");
        Application.Started first = Application.start(alone, Plain.class);
        try (first) {
            assertThat(failure(alone, Plain.class)).contains(home.toString());
        }
        Application.start(alone, Plain.class).close();
    }

    @Test
    void two_applications_of_one_jvm_cannot_both_create_a_group() {
        try (Application.Started first = Application.start(creator(1), Plain.class)) {
            assertThat(first.get(Plain.class).environment.name()).isEqualTo("default");
            assertThat(failure(creator(2), Plain.class))
                    .contains("understudy.group-creator = true, but default@localhost:")
                    .contains("in this JVM has it too for the group understudy");
        }
    }

    private List<String> creator(int site) {
        return List.of(
                "understudy.home",
                home.resolve("site" + site).toString(),
                "understudy.local-site",
                "localhost:" + Ports.free(),
                "understudy.group-creator",
                "true");
    }

    private List<String> with(String... properties) {
        List<String> all = new ArrayList<>(List.of("understudy.home", home.toString()));
        all.addAll(List.of(properties));
        return all;
    }

    private static String failure(List<String> properties, Class<?>... beans) {
        Throwable failure =
                catchThrowable(() -> Application.start(properties, beans).close());
        assertThat(failure).as("the deployment's failure").isNotNull();
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
