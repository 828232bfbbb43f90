package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.JoinFailureException;
import org.understudy.LocalSiteRemovedException;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.UnavailableException;

class JoinerTest {

    private static final Place PLACE = new Place("default", Optional.of("localhost:7000"));

    private final Queue<CompletableFuture<Void>> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Joiner joiner = new Joiner(environment(), Duration.ofMillis(1));

    @Test
    void a_site_that_cannot_join_yet_tries_again_until_it_can() {
        fails(new UnavailableException(PLACE, "no master"));
        fails(new UnavailableException(PLACE, "no master yet"));
        succeeds();
        joiner.start();
        await().until(joiner::isDone);
        assertThat(attempts).hasValue(3);
        assertThat(joiner.failure()).isEmpty();
    }

    @Test
    void while_it_cannot_join_the_reason_is_known() {
        fails(new UnavailableException(PLACE, "no master"));
        CompletableFuture<Void> pending = new CompletableFuture<>();
        answers.add(pending);
        joiner.start();
        await().until(() -> attempts.get() == 2);
        assertThat(joiner.failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no master"));
        pending.complete(null);
        await().until(joiner::isDone);
        assertThat(joiner.failure()).isEmpty();
    }

    @Test
    void a_site_that_is_refused_does_not_ask_again() {
        assertGivenUp(new JoinFailureException(PLACE, "another group"));
    }

    @Test
    void a_site_that_was_removed_does_not_come_back() {
        assertGivenUp(new LocalSiteRemovedException(PLACE, "removed"));
    }

    @Test
    void an_attempt_under_way_is_given_up_with_the_application() {
        answers.add(new CompletableFuture<>());
        joiner.start();
        await().until(() -> attempts.get() == 1);
        joiner.stop();
        await().until(joiner::isDone);
        assertThat(attempts).hasValue(1);
    }

    private void assertGivenUp(ReplicationException reason) {
        fails(reason);
        joiner.start();
        await().until(joiner::isDone);
        assertThat(attempts).hasValue(1);
        assertThat(joiner.failure()).contains(reason.getMessage());
    }

    private void fails(RuntimeException reason) {
        answers.add(CompletableFuture.failedFuture(reason));
    }

    private void succeeds() {
        answers.add(CompletableFuture.completedFuture(null));
    }

    /** An environment that can only be started, and then answers as the test wants. */
    private Environment environment() {
        return (Environment) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Environment.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "startAsync" -> {
                        attempts.incrementAndGet();
                        yield answers.remove();
                    }
                    case "name" -> "default";
                    case "config" ->
                        EnvironmentConfig.builder(Path.of("home"))
                                .localSite("localhost:7000")
                                .build();
                    default -> throw new AssertionError("a joiner has no business with " + method.getName());
                });
    }
}
