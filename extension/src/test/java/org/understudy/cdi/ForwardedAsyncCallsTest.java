package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Priority;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.UnavailableException;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Otherwise;

/**
 * Forwarded calls that go on another thread before they come to their methods, as those of asynchronous methods do: there they
 * are calls like any other, and mastership may have moved on meanwhile.
 */
@Timeout(120)
class ForwardedAsyncCallsTest {

    /** Is called on another thread. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Elsewhere {}

    /** Does what servers do for asynchronous methods, when the test lets it. */
    @Elsewhere
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 5)
    static class Executing {
        @Inject
        Gate gate;

        @AroundInvoke
        Object call(InvocationContext invocation) {
            CompletableFuture<Object> result = new CompletableFuture<>();
            BiConsumer<Object, Throwable> end = (value, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(failure);
                } else {
                    result.complete(value);
                }
            };
            Thread thread = new Thread(() -> {
                try {
                    gate.pass();
                    ((CompletionStage<?>) invocation.proceed()).whenComplete(end);
                } catch (Exception e) {
                    end.accept(null, e);
                } finally {
                    gate.leave();
                }
            });
            thread.setDaemon(true);
            thread.start();
            return result;
        }
    }

    /** Where calls wait at a site for the thread that they go on with, if the test wants it. */
    @Singleton
    public static class Gate {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile CountDownLatch open = new CountDownLatch(0);

        void pass() throws InterruptedException {
            calls.incrementAndGet();
            open.await();
        }

        void leave() {
            calls.decrementAndGet();
        }

        void shut() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }
    }

    /** Open on the master only. */
    @Singleton
    public static class Shop {
        private final AtomicInteger sold = new AtomicInteger();

        @Inject
        Environment environment;

        /** Tells where it was. */
        @Elsewhere
        @MasterOnly(otherwise = Otherwise.FORWARD)
        public CompletionStage<String> sell() {
            sold.incrementAndGet();
            return CompletableFuture.completedFuture(
                    environment.config().localSite().orElseThrow());
        }
    }

    @TempDir
    Path folder;

    private ApplicationGroup group;
    private Application.Started first;
    private Application.Started second;

    @BeforeEach
    void start() {
        group = ApplicationGroup.start(
                2, folder, List.of("understudy.request-timeout", "20s"), Shop.class, Gate.class, Executing.class);
        first = group.master();
        second = group.clients().get(0);
    }

    @AfterEach
    void stop() {
        group.close();
    }

    private static void awaitWaiting(Application.Started at) {
        await().atMost(ApplicationGroup.PATIENCE)
                .until(() -> at.get(Gate.class).calls.get() == 1);
    }

    private void makeMaster(Application.Started site) {
        ApplicationGroup.environment(site).transferMastership(ApplicationGroup.name(site));
        for (Application.Started each : List.of(first, second)) {
            await().atMost(ApplicationGroup.PATIENCE).until(() -> ApplicationGroup.environment(each)
                    .master()
                    .equals(Optional.of(ApplicationGroup.name(site))));
        }
    }

    private void assertSold(int atFirst, int atSecond) {
        assertThat(first.get(Shop.class).sold).hasValue(atFirst);
        assertThat(second.get(Shop.class).sold).hasValue(atSecond);
    }

    private static String result(CompletionStage<String> call) throws Exception {
        return call.toCompletableFuture().get(ApplicationGroup.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void where_mastership_stays_they_are_carried_out_there_once() throws Exception {
        assertThat(result(second.get(Shop.class).sell())).isEqualTo(ApplicationGroup.name(first));
        assertSold(1, 0);
    }

    @Test
    void they_follow_mastership_back_to_the_site_they_came_from_and_are_carried_out_once() throws Exception {
        first.get(Gate.class).shut();
        CompletionStage<String> call = second.get(Shop.class).sell();
        awaitWaiting(first);
        makeMaster(second);
        first.get(Gate.class).open();
        assertThat(result(call)).isEqualTo(ApplicationGroup.name(second));
        assertSold(0, 1);
    }

    @Test
    void however_often_it_moves_they_are_carried_out_once() throws Exception {
        first.get(Gate.class).shut();
        CompletionStage<String> call = second.get(Shop.class).sell();
        awaitWaiting(first);
        makeMaster(second);
        second.get(Gate.class).shut();
        first.get(Gate.class).open();
        awaitWaiting(second);
        makeMaster(first);
        second.get(Gate.class).open();
        assertThat(result(call)).isEqualTo(ApplicationGroup.name(first));
        assertSold(1, 0);
    }

    @Test
    void where_the_site_that_has_them_stops_their_callers_are_told_and_nothing_is_done() throws Exception {
        Gate gate = first.get(Gate.class);
        gate.shut();
        CompletionStage<String> call = second.get(Shop.class).sell();
        awaitWaiting(first);
        Shop shop = first.get(Shop.class);
        group.stop(first);
        assertThatThrownBy(() -> result(call))
                .hasCauseInstanceOf(UnavailableException.class)
                .cause()
                .satisfies(e -> assertThat(((UnavailableException) e).isRetriable())
                        .as("it may have been carried out")
                        .isFalse());
        gate.open();
        await().until(() -> gate.calls.get() == 0);
        assertThat(second.get(Shop.class).sold.get() + shop.sold.get()).isZero();
    }
}
