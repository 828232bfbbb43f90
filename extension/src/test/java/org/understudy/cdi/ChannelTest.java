package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelClosedException;
import org.understudy.ChannelMessage;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.NoHandlerException;
import org.understudy.NoResponseException;

/** Channels and observers of messages, in environments that are their own masters. */
@Timeout(60)
class ChannelTest {

    /** A part that JSON-B writes. */
    public record Job(String name, int steps) {}

    @Singleton
    static class Senders {
        @Inject
        @ToMaster
        Channel master;

        @Inject
        @ToMaster
        @Topic("jobs")
        Channel jobs;

        @Inject
        @ToSite("localhost:7000")
        Channel site;

        @Inject
        @ToAll
        Channel all;

        @Inject
        @EnvironmentName("orders")
        @ToMaster
        @Topic("jobs")
        Channel orders;

        @Inject
        @Any
        Instance<Channel> any;
    }

    @Singleton
    static class Workers {
        final List<String> heard = new CopyOnWriteArrayList<>();

        void job(@Observes @Topic("jobs") @EnvironmentName("default") ChannelMessage message) {
            Job job = message.as(0, Job.class);
            message.reply(new Job(job.name() + " done", job.steps() + 1));
        }

        void lists(@Observes @Topic("lists") ChannelMessage message) {
            message.reply(message.as(0, List.class), message.as(1, Map.class), 7L, "text", new byte[] {1});
        }

        void fails(@Observes @Topic("fails") @Priority(1) ChannelMessage message) {
            throw new IllegalArgumentException("an observer that throws, as a test");
        }

        void hearsAllTheSame(@Observes @Topic("fails") @Priority(2) ChannelMessage message) {
            heard.add(message.text());
        }

        void silent(@Observes @Topic("silent") Message message) {
            heard.add(message.topic());
        }

        void async(@ObservesAsync @Topic("async") ChannelMessage message) {
            message.reply("from another thread");
        }

        void asyncFails(@ObservesAsync @Topic("async-fails") ChannelMessage message) {
            throw new IllegalArgumentException("an asynchronous observer that throws, as a test");
        }

        void metadata(@Observes @Topic("metadata") ChannelMessage message, EventMetadata metadata) {
            message.reply(metadata.getQualifiers().toString());
        }
    }

    /** Observes messages of every topic. */
    @Singleton
    static class Everything {
        void any(@Observes ChannelMessage message) {
            message.reply("any of " + message.topic());
        }
    }

    @TempDir
    Path home;

    private Application.Started start(Class<?>... beans) {
        return Application.start(
                List.of(
                        "understudy.home", home.resolve("default").toString(),
                        "understudy.environments", "orders",
                        "understudy.environment.orders.home",
                                home.resolve("orders").toString()),
                beans);
    }

    @Test
    void a_request_is_answered_by_the_observer_of_its_topic_and_its_parts_are_objects() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Message answer = application.get(Senders.class).jobs.request(new Job("build", 1));
            assertThat(answer.as(0, Job.class)).isEqualTo(new Job("build done", 2));
            assertThat(answer.text()).isEqualTo("{\"name\":\"build done\",\"steps\":2}");
        }
    }

    @Test
    void lists_maps_numbers_text_and_bytes_are_parts_too() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Message answer =
                    application.get(Senders.class).master.topic("lists").request(List.of("a", "b"), Map.of("k", "v"));
            assertThat((Object) answer.as(0, List.class)).isEqualTo(List.of("a", "b"));
            assertThat((Object) answer.as(1, Map.class)).isEqualTo(Map.of("k", "v"));
            assertThat(answer.as(2, Long.class)).isEqualTo(7);
            assertThat(answer.text(3)).isEqualTo("text");
            assertThat(answer.bytes(4)).containsExactly(1);
        }
    }

    @Test
    void a_part_that_nothing_can_write_is_refused_with_what_to_do() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Channel master = application.get(Senders.class).master;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> master.send(new Object()))
                    .withMessageContaining("values of type Object cannot be stored")
                    .withMessageContaining("Codec<Object>");
        }
    }

    @Test
    void where_nobody_observes_a_topic_or_that_environment_the_requester_is_told() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Senders senders = application.get(Senders.class);
            assertThatThrownBy(() -> senders.master.request("x")).isInstanceOf(NoHandlerException.class);
            assertThatThrownBy(() -> senders.orders.request("x"))
                    .isInstanceOf(NoHandlerException.class)
                    .hasMessageContaining("orders")
                    .hasMessageContaining("\"jobs\"");
        }
    }

    @Test
    void an_observer_without_a_topic_hears_messages_of_every_topic_in_every_environment() {
        try (Application.Started application = start(Senders.class, Everything.class)) {
            Senders senders = application.get(Senders.class);
            assertThat(senders.master.request().text()).isEqualTo("any of ");
            assertThat(senders.jobs.request().text()).isEqualTo("any of jobs");
            assertThat(senders.orders.request().text()).isEqualTo("any of jobs");
        }
    }

    @Test
    void an_observer_that_throws_is_told_of_and_keeps_the_message_from_nobody() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Channel master = application.get(Senders.class).master;
            assertThatThrownBy(() -> master.topic("fails").request("x"))
                    .isInstanceOf(HandlerFailedException.class)
                    .hasMessageContaining("an observer that throws, as a test");
            assertThat(application.get(Workers.class).heard).containsExactly("x");
        }
    }

    @Test
    void observers_that_do_not_answer_end_the_request() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Channel master = application.get(Senders.class).master;
            assertThatThrownBy(() -> master.topic("silent").request("x")).isInstanceOf(NoResponseException.class);
            assertThat(application.get(Workers.class).heard).containsExactly("silent");
        }
    }

    @Test
    void asynchronous_observers_answer_and_fail_like_the_others() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Channel master = application.get(Senders.class).master;
            assertThat(master.topic("async").request("x").text()).isEqualTo("from another thread");
            assertThatThrownBy(() -> master.topic("async-fails").request("x"))
                    .isInstanceOf(HandlerFailedException.class)
                    .hasMessageContaining("an asynchronous observer that throws, as a test");
        }
    }

    @Test
    void an_observer_that_wants_the_metadata_gets_it() {
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Channel master = application.get(Senders.class).master;
            assertThat(master.topic("metadata").request("x").text()).contains("Topic", "metadata", "EnvironmentName");
        }
    }

    @Test
    void a_channel_can_be_asked_for_at_run_time_and_ends_with_its_owner() {
        Channel found;
        try (Application.Started application = start(Senders.class, Workers.class)) {
            Senders senders = application.get(Senders.class);
            found = senders.any.select(ToMaster.Literal.INSTANCE).get();
            assertThat(found.topic("lists").request(List.of(), Map.of()).size()).isEqualTo(5);
            senders.any.destroy(found);
            assertThatThrownBy(() -> found.send("x")).isInstanceOf(ChannelClosedException.class);
        }
    }
}
