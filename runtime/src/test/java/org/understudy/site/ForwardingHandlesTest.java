package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;
import org.understudy.event.RolledBack;

/** What is written on a client goes through whatever handle and process of its site an application has (protocol.md §9). */
@Timeout(120)
class ForwardingHandlesTest {
    private static final TransactionOptions ALONE = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);

    @TempDir
    Path folder;

    @Test
    void S79_a_handle_that_a_client_has_from_before_a_rollback_reads_and_writes_afterwards() {
        try (ProxiedGroup proxied = new ProxiedGroup(
                folder, 5, builder -> builder.forwardWrites(true).set("quorum-loss-timeout", "60s"))) {
            TestGroup group = proxied.sites();
            for (int site = 0; site < 5; site++) {
                group.start(site);
            }
            Environment client = group.site(1);
            Database<String, String> handle = names(client);
            handle.put("kept", "v");
            group.converged();
            for (int site = 2; site < 5; site++) {
                group.close(site);
            }
            Environment old = group.site(0);
            CommitToken lost = old.write(ALONE, txn -> {
                names(old).put(txn, "kept", "lost");
                people(old).put(txn, "bob", "builder");
            });
            Database<String, String> undone = people(client);
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(undone.get("bob")).contains("builder"));
            assertThat(handle.get("kept")).contains("lost");
            proxied.isolate(group.name(1));
            group.close(0);
            for (int site = 2; site < 5; site++) {
                group.open(site).startAsync();
            }
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.running()).anyMatch(site -> site.role() == Role.MASTER));
            Environment next = group.running().stream()
                    .filter(site -> site.role() == Role.MASTER)
                    .findFirst()
                    .orElseThrow();
            names(next).put("new", "v");
            proxied.heal(group.name(1));
            await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(1, RolledBack.class))
                    .hasSize(1));
            assertThat(client.awaitOutcome(lost, TestGroup.PATIENCE)).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(handle.get("kept")).contains("v");
            assertThat(undone.get("bob")).isEmpty();
            handle.put("kept", "after");
            undone.put("bob", "baker");
            assertThat(handle.get("kept")).contains("after");
            assertThat(undone.get("bob")).contains("baker");
            assertThat(people(next).get("bob")).contains("baker");
            assertThat(group.converged()).isEqualTo(Map.of("kept", "after", "new", "v"));
        }
    }

    private static Database<String, String> people(Environment environment) {
        return environment.database("people", Codecs.STRING, Codecs.STRING);
    }

    @Test
    void S79_another_process_of_a_clients_site_forwards_as_the_site_itself_does() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.forwardWrites(true))) {
            Environment master = group.start(0);
            names(master).put("k", "v");
            Environment client = group.start(1);
            try (Environment second = Environment.open(group.config(1).build())) {
                second.start();
                assertThat(second.role()).isEqualTo(Role.CLIENT);
                CommitToken token = names(second).put("a", "1");
                assertThat(names(second).get("a")).contains("1");
                assertThat(names(client).get("a")).contains("1");
                assertThat(second.awaitOutcome(token, TestGroup.PATIENCE)).isEqualTo(Outcome.PERMANENT);
                second.write(txn ->
                        names(second).put(txn, "a", names(second).get(txn, "a").orElseThrow() + "!"));
                names(second).putAsync("b", "1").toCompletableFuture().join();
                try (Transaction txn = second.begin()) {
                    assertThat(names(second).get(txn, "k")).contains("v");
                    names(master).put("k", "w");
                    names(second).put(txn, "seen", "v");
                    assertThatExceptionOfType(ConflictException.class).isThrownBy(txn::commit);
                }
                assertThat(group.converged()).isEqualTo(Map.of("k", "w", "a", "1!", "b", "1"));
                assertThat(TestGroup.fresh(client).forwarding().writesForwarded())
                        .as("the site forwards for all its processes")
                        .isEqualTo(4);
            }
        }
    }
}
