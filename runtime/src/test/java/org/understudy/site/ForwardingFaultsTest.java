package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Outcome;
import org.understudy.OutcomeUnknownException;
import org.understudy.Role;
import org.understudy.UnavailableException;

/** Forwarded writes apply once, whatever becomes of the connections they travel on (protocol.md §9). */
@Timeout(180)
class ForwardingFaultsTest {
    private static final int ROUNDS = 4;

    @TempDir
    Path folder;

    @Test
    void S79_connections_that_break_in_mid_flight_lose_nothing_and_apply_nothing_twice() {
        try (ProxiedGroup proxied = new ProxiedGroup(folder, 3, builder -> builder.forwardWrites(true))) {
            TestGroup group = proxied.sites();
            group.start(0);
            group.start(1);
            group.start(2);
            Environment client = group.site(2);
            Environment master = group.site(0);
            AtomicInteger done = new AtomicInteger();
            AtomicInteger unknown = new AtomicInteger();
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 0; !over.get(); i++) {
                    write(client, i, done, unknown);
                }
            });
            for (int round = 0; round < ROUNDS; round++) {
                int before = done.get();
                await().atMost(TestGroup.PATIENCE).until(() -> done.get() > before + 20);
                proxied.isolate(group.name(2));
                await().atMost(TestGroup.PATIENCE).until(() -> !master.status()
                        .site(group.name(2))
                        .orElseThrow()
                        .connected());
                proxied.heal(group.name(2));
            }
            int healed = done.get();
            await().atMost(TestGroup.PATIENCE).until(() -> done.get() > healed + 20);
            over.set(true);
            writer.join();

            Map<String, String> content = group.converged();
            int count = Integer.parseInt(content.get("count"));
            assertThat(count)
                    .as("each write that stands has counted once")
                    .isEqualTo(content.size() - 1)
                    .isBetween(done.get(), done.get() + unknown.get());
        }
    }

    /** What is unknown is asked for, and not repeated. */
    private static void write(Environment client, int number, AtomicInteger done, AtomicInteger unknown) {
        Database<String, String> names = names(client);
        try {
            client.write(txn -> {
                int count = names.get(txn, "count").map(Integer::parseInt).orElse(0);
                names.put(txn, "count", String.valueOf(count + 1));
                names.put(txn, "write " + number, "");
            });
            done.incrementAndGet();
        } catch (OutcomeUnknownException e) {
            Outcome outcome = client.awaitOutcome(e.token(), TestGroup.PATIENCE);
            (outcome == Outcome.PERMANENT ? done : unknown).incrementAndGet();
        } catch (UnavailableException e) {
            assertThat(client.role()).as("it can't have been written").isNotEqualTo(Role.UNKNOWN);
        }
    }
}
