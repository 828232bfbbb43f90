package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.event.EventOrigin;
import org.understudy.event.InitDone;
import org.understudy.event.NewMaster;
import org.understudy.event.ReplicationEvent;

class EventDeliveryTest {

    /** Hears everything, in all the ways there are. */
    @Singleton
    static class Ears {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final List<Long> async = new CopyOnWriteArrayList<>();
        final CountDownLatch busy = new CountDownLatch(1);

        void any(@Observes @Priority(10) ReplicationEvent event) {
            heard.add("any " + event.getClass().getSimpleName());
        }

        void thrower(@Observes @Priority(20) ReplicationEvent event) {
            if (event instanceof InitDone) {
                return;
            }
            throw new IllegalArgumentException("an observer that throws, as a test");
        }

        void master(@Observes @Priority(30) BecameMaster event) {
            heard.add("master " + event.generation());
        }

        void orders(@Observes @Priority(40) @EnvironmentName("orders") ReplicationEvent event) {
            heard.add("orders");
        }

        void users(@Observes @Priority(50) @EnvironmentName("users") ReplicationEvent event) {
            heard.add("users");
        }

        void metadata(@Observes @Priority(60) InitDone event, EventMetadata metadata) {
            heard.add("metadata " + metadata.getQualifiers());
        }

        void later(@ObservesAsync ReplicationEvent event) throws InterruptedException {
            busy.await();
            async.add(event.origin().sequence());
        }

        void alsoThrows(@ObservesAsync ReplicationEvent event) {
            throw new IllegalArgumentException("an asynchronous observer that throws, as a test");
        }
    }

    private final Executor here = Runnable::run;
    private final LoggedOnPurpose logged = new LoggedOnPurpose("as a test", EventDelivery.class, AsyncDelivery.class);
    private Application.Started application;
    private Ears ears;

    @BeforeEach
    void start() {
        application = Application.start(List.of(), Ears.class);
        ears = application.get(Ears.class);
    }

    @AfterEach
    void stop() {
        application.close();
        logged.close();
    }

    @Test
    void observers_hear_their_events_and_one_that_throws_harms_nobody() {
        EventDelivery delivery = delivery("orders");
        delivery.onEvent(new BecameMaster(origin(1), 7));
        delivery.onEvent(new BecameClient(origin(2)));
        assertThat(ears.heard).containsExactly("any BecameMaster", "master 7", "orders", "any BecameClient", "orders");
        assertThat(logged.messages())
                .filteredOn(message -> message.startsWith("USTDY-0831 [orders]"))
                .hasSize(2)
                .allMatch(message -> message.contains("thrower"));
    }

    @Test
    void an_observer_with_a_qualifier_hears_that_environment_alone() {
        delivery("users").onEvent(new NewMaster(origin(1), "localhost:7000", 1));
        assertThat(ears.heard).containsExactly("any NewMaster", "users");
    }

    @Test
    void an_observer_that_wants_the_metadata_gets_it() {
        delivery("users").onEvent(new InitDone(origin(1), 5));
        assertThat(ears.heard).hasSize(3).startsWith("any InitDone", "users");
        assertThat(ears.heard.get(2)).contains("EnvironmentName").contains("users");
    }

    @Test
    void asynchronous_observers_keep_the_order_and_keep_nobody_waiting() {
        EventDelivery delivery = delivery("orders");
        LongStream.rangeClosed(1, 100).forEach(sequence -> delivery.onEvent(new BecameClient(origin(sequence))));
        assertThat(ears.heard).hasSize(200);
        assertThat(ears.async).isEmpty();
        ears.busy.countDown();
        await().until(() -> ears.async.size() == 100);
        assertThat(ears.async).isSorted();
        await().untilAsserted(() -> assertThat(logged.messages())
                .filteredOn(message -> message.startsWith("USTDY-0833"))
                .hasSize(100));
        delivery.close();
    }

    private EventDelivery delivery(String environment) {
        return application.extension().environments().delivery(environment, here);
    }

    private static EventOrigin origin(long sequence) {
        return new EventOrigin("orders", Optional.of("localhost:7000"), 1, 1, sequence);
    }
}
