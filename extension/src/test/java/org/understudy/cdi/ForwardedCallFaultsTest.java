package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.Codec;
import org.understudy.Codecs;
import org.understudy.Environment;
import org.understudy.HandlerFailedException;
import org.understudy.NotMasterException;
import org.understudy.Role;
import org.understudy.UnavailableException;
import org.understudy.cdi.mastership.ForwardedCallException;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Otherwise;

/** Calls that go to the master and meet something unexpected there: their callers get an answer, and a true one. */
@Timeout(120)
class ForwardedCallFaultsTest {

    /** Is repeated once where this site is not the master, as by a retry. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Persistent {}

    /** Makes this site the master before it repeats the call. */
    @Persistent
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class Persistence {
        @Inject
        Environment environment;

        @AroundInvoke
        Object call(InvocationContext invocation) throws Exception {
            try {
                return invocation.proceed();
            } catch (NotMasterException e) {
                environment.transferMastership(environment.config().localSite().orElseThrow());
                await().atMost(ApplicationGroup.PATIENCE).until(() -> environment.role() == Role.MASTER);
                return invocation.proceed();
            }
        }
    }

    /** What can be broken. */
    public record Vase(String name) {}

    /** Breaks those that are called so, in its own way. */
    @Dependent
    static class Porter implements Codec<Vase> {
        @Override
        public byte[] encode(Vase vase) {
            if (vase.name().equals("broken on the way back")) {
                throw new IllegalStateException("broken as a test");
            }
            return Codecs.STRING.encode(vase.name());
        }

        @Override
        public Vase decode(byte[] bytes) {
            String name = Codecs.STRING.decode(bytes);
            if (name.equals("broken on the way")) {
                throw new IllegalStateException("broken as a test");
            }
            return new Vase(name);
        }
    }

    /** Open on the master only. */
    @ApplicationScoped
    public static class Shop {
        private final AtomicInteger sold = new AtomicInteger();

        /** Counts. */
        @Persistent
        @MasterOnly(otherwise = Otherwise.FORWARD)
        public int sell() {
            return sold.incrementAndGet();
        }

        /** Takes one. */
        @MasterOnly(otherwise = Otherwise.FORWARD)
        public void take(Vase vase) {}

        /** Gives one back, later. */
        @MasterOnly(otherwise = Otherwise.FORWARD)
        public CompletionStage<Vase> give() {
            return CompletableFuture.completedFuture(new Vase("broken on the way back"));
        }

        /** Never ends well. */
        @MasterOnly(otherwise = Otherwise.FORWARD)
        public void recur() {
            throw new StackOverflowError("too deep, as a test");
        }
    }

    /** Hears messages of every topic. */
    @Singleton
    static class Ears {
        private final List<String> topics = new CopyOnWriteArrayList<>();

        void hear(@Observes ChannelMessage message) {
            topics.add(message.topic());
            message.reply("I have no idea what this is");
        }
    }

    @TempDir
    static Path folder;

    private static final String RECEIVER = "org.understudy.cdi.mastership.CallReceiver";

    private static ApplicationGroup group;

    @BeforeAll
    static void start() {
        group = ApplicationGroup.start(
                2,
                folder,
                List.of("understudy.request-timeout", "20s"),
                Shop.class,
                Porter.class,
                Persistence.class,
                Ears.class);
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    private static Shop client() {
        return group.clients().get(0).get(Shop.class);
    }

    @Test
    void a_call_that_came_too_early_and_was_repeated_there_has_been_carried_out() {
        Application.Started client = group.clients().get(0);
        Environment master = ApplicationGroup.environment(group.master());
        try (Channel toClient = master.channel(ApplicationGroup.name(client))) {
            String topic = "understudy.call." + Shop.class.getName() + ".sell()";
            assertThat(toClient.topic(topic).request("").text()).isEqualTo("RETURNED");
        }
        assertThat(client.get(Shop.class).sell()).as("sold before and now").isEqualTo(2);
    }

    @Test
    void what_can_not_be_read_there_is_not_carried_out() {
        assertThatThrownBy(() -> client().take(new Vase("broken on the way")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("did not call Shop.take: its parameters can't be read: broken as a test");
    }

    @Test
    void what_can_not_be_sent_back_is_told() {
        assertThatThrownBy(() -> client().give().toCompletableFuture().join())
                .hasCauseInstanceOf(ForwardedCallException.class)
                .hasMessageContaining("its result can't be sent: broken as a test");
    }

    @Test
    void an_error_of_whatever_kind_is_told() {
        try (LoggedOnPurpose log = new LoggedOnPurpose("as a test", RECEIVER)) {
            assertThatThrownBy(() -> client().recur())
                    .isInstanceOfSatisfying(ForwardedCallException.class, e -> assertThat(e.exceptionType())
                            .isEqualTo(StackOverflowError.class.getName()));
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void a_call_of_a_method_that_another_version_of_the_application_has_is_no_message_for_observers() {
        try (Channel master =
                ApplicationGroup.environment(group.clients().get(0)).channelToMaster()) {
            String topic = "understudy.call." + Shop.class.getName() + ".lend(java.lang.String)";
            assertThatThrownBy(() -> master.topic(topic).request(""))
                    .isInstanceOf(HandlerFailedException.class)
                    .hasMessageContaining("the sites run different versions of it");
            assertThat(master.topic("other").request("").text()).isEqualTo("I have no idea what this is");
        }
        assertThat(group.master().get(Ears.class).topics).containsExactly("other");
    }
}
