package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.Environment;
import org.understudy.NoHandlerException;
import org.understudy.RequestTimeoutException;
import org.understudy.cdi.mastership.ForwardedCallException;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;
import org.understudy.cdi.mastership.MastershipLostException;
import org.understudy.cdi.mastership.Otherwise;

/** Calls that go to the master, in a group of two applications. */
@Timeout(120)
class ForwardedCallsTest {

    /** A parameter and a result. */
    public record Order(String item, int count) {}

    /** What an order can't be. */
    public static final class EmptyOrderException extends Exception {

        private static final long serialVersionUID = 1L;

        /** One that says so. */
        public EmptyOrderException() {
            super("an order of nothing, as a test");
        }
    }

    /** Who asked. */
    @RequestScoped
    public static class Desk {
        private int visits;

        /** How often in this request. */
        public int visit() {
            return ++visits;
        }
    }

    /** Open on the master only. */
    @ApplicationScoped
    @MasterOnly(otherwise = Otherwise.FORWARD)
    public static class Shop {
        @Inject
        Environment environment;

        @Inject
        Mastership mastership;

        @Inject
        Desk desk;

        @Inject
        Latches latches;

        /** Where the method runs. */
        public String place() {
            return environment.config().localSite().orElseThrow() + " in " + mastership.generation();
        }

        /** With parameters of many kinds. */
        public Map<String, Integer> order(List<Order> orders, int times, boolean really, Order none)
                throws EmptyOrderException {
            if (orders.isEmpty()) {
                throw new EmptyOrderException();
            }
            assertThat(really).isTrue();
            assertThat(none).isNull();
            return Map.of(orders.get(0).item(), orders.get(0).count() * times, "visits", desk.visit());
        }

        /** Two methods of one name are two. */
        public String order(Order one) {
            return one.item();
        }

        /** Nothing may be a result. */
        public Order nothing() {
            return null;
        }

        /** A stage arrives as one. */
        public CompletionStage<Order> later(String item) {
            return CompletableFuture.supplyAsync(() -> new Order(item, 1));
        }

        /** And so does what it failed with. */
        public CompletionStage<Void> never() {
            return CompletableFuture.failedFuture(new IllegalStateException("never, as a test"));
        }

        /** Waits at the master. */
        public void waits() throws InterruptedException {
            latches.begun.countDown();
            latches.go.await();
        }

        /** Lasts for longer than it is waited for. */
        @MasterOnly(otherwise = Otherwise.FORWARD, timeoutMillis = 1000)
        public void lasts() throws InterruptedException {
            latches.answered.await();
            latches.runs.incrementAndGet();
        }
    }

    /** What the methods wait for; the fields of a bean without a proxy. */
    @Singleton
    public static class Latches {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(1);
        private final AtomicInteger runs = new AtomicInteger();
    }

    @TempDir
    static Path folder;

    private static final String RECEIVER = "org.understudy.cdi.mastership.CallReceiver";

    private static ApplicationGroup group;

    @BeforeAll
    static void start() {
        group = ApplicationGroup.start(2, folder.resolve("all"), List.of(), Shop.class, Desk.class, Latches.class);
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    private static Shop client() {
        return group.clients().get(0).get(Shop.class);
    }

    @Test
    void a_call_on_a_client_runs_on_the_master_and_under_its_mastership() {
        String place = group.master().get(Shop.class).place();
        assertThat(place).startsWith(ApplicationGroup.name(group.master()));
        assertThat(client().place()).isEqualTo(place);
    }

    @Test
    void parameters_and_results_travel_in_their_declared_types_and_in_a_request_of_their_own() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(client().order(List.of(new Order("tea", 2)), 3, true, null))
                    .isEqualTo(Map.of("tea", 6, "visits", 1));
        }
        assertThat(client().order(new Order("cake", 1))).isEqualTo("cake");
        assertThat(client().nothing()).isNull();
    }

    @Test
    void what_the_method_throws_comes_back_by_name_and_message() {
        try (LoggedOnPurpose log = new LoggedOnPurpose("as a test", RECEIVER)) {
            assertThatThrownBy(() -> client().order(List.of(), 1, true, null))
                    .isInstanceOfSatisfying(ForwardedCallException.class, e -> {
                        assertThat(e.exceptionType()).isEqualTo(EmptyOrderException.class.getName());
                        assertThat(e.master()).isEqualTo(ApplicationGroup.name(group.master()));
                        assertThat(e.isRetriable()).isFalse();
                    })
                    .hasMessageContaining("Shop.order failed at the master")
                    .hasMessageContaining("an order of nothing, as a test");
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void stages_come_back_as_stages() {
        try (LoggedOnPurpose log = new LoggedOnPurpose("as a test", RECEIVER)) {
            assertThat(client().later("scone").toCompletableFuture().join()).isEqualTo(new Order("scone", 1));
            assertThatThrownBy(() -> client().never().toCompletableFuture().join())
                    .hasCauseInstanceOf(ForwardedCallException.class)
                    .hasMessageContaining("never, as a test");
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void a_call_that_lasts_longer_than_its_method_allows_is_over_for_its_caller() {
        assertThatThrownBy(client()::lasts).isInstanceOf(RequestTimeoutException.class);
        Latches latches = group.master().get(Latches.class);
        latches.answered.countDown();
        await().atMost(ApplicationGroup.PATIENCE).until(() -> latches.runs.get() == 1);
    }

    @Test
    void nothing_but_the_methods_that_say_so_can_be_called_from_outside() {
        Environment outside = ApplicationGroup.environment(group.clients().get(0));
        try (Channel master = outside.channelToMaster()) {
            assertThatThrownBy(() -> master.topic("understudy.call." + Latches.class.getName() + ".toString()")
                            .request(""))
                    .isInstanceOf(NoHandlerException.class);
            String topic = "understudy.call." + Shop.class.getName() + ".place()";
            assertThat(master.topic(topic).request("v", "more than it takes").text(1))
                    .contains("the call has 1 parameters, and the method has 0");
            assertThat(master.topic(topic).request("").text()).isEqualTo("RETURNED");
            assertThat(master.topic(topic).request().text()).isEqualTo("REFUSED");
        }
    }

    @Test
    void a_forwarded_call_is_cut_off_like_any_other() throws InterruptedException {
        try (ApplicationGroup group = ApplicationGroup.start(
                2, folder.resolve("cut"), List.of("understudy.group", "cut"), Shop.class, Desk.class, Latches.class)) {
            Latches latches = group.master().get(Latches.class);
            Application.Started client = group.clients().get(0);
            CompletableFuture<Void> call = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    client.get(Shop.class).waits();
                    call.complete(null);
                } catch (Exception e) {
                    call.completeExceptionally(e);
                }
            });
            caller.start();
            latches.begun.await();
            ApplicationGroup.environment(client).transferMastership(ApplicationGroup.name(client));
            latches.go.countDown();
            assertThatThrownBy(call::join).hasCauseInstanceOf(MastershipLostException.class);
            caller.join();
        }
    }
}
