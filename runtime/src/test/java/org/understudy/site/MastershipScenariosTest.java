package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.InsufficientAcksException;
import org.understudy.NotMasterException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Role;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.event.ConnectionEstablished;
import org.understudy.event.Elected;
import org.understudy.event.NewMaster;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.SiteAdded;
import org.understudy.event.StartupDone;

/** What applications see of masterships that begin and end, on real sites. */
@Timeout(120)
class MastershipScenariosTest {
    private static final Set<Class<?>> OF_CONNECTIONS =
            Set.of(ConnectionEstablished.class, org.understudy.event.ConnectionTryFailed.class);

    @TempDir
    Path folder;

    private static List<Class<?>> heard(TestGroup group, int site) {
        List<Class<?>> types = new ArrayList<>();
        for (ReplicationEvent event : group.events(site)) {
            if (!OF_CONNECTIONS.contains(event.getClass())) {
                types.add(event.getClass());
            }
        }
        return types;
    }

    private static String name(Environment environment) {
        return environment.config().localSite().orElseThrow();
    }

    private static boolean streams(Environment master, Environment client) {
        return master.status().site(name(client)).orElseThrow().streaming();
    }

    @Test
    void S01_the_first_site_becomes_master_and_is_not_elected() {
        try (TestGroup group = new TestGroup(folder, 1)) {
            group.start(0);
            await().untilAsserted(() -> assertThat(heard(group, 0)).containsExactly(BecameMaster.class));
            assertThat(group.events(0, Elected.class)).isEmpty();
        }
    }

    @Test
    void S02_a_site_that_joins_hears_of_its_role_its_master_and_its_start_in_that_order() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            names(group.start(0)).put("k", "v");
            group.start(1);
            await().untilAsserted(() -> assertThat(heard(group, 1))
                    .containsExactly(BecameClient.class, NewMaster.class, StartupDone.class));
            await().untilAsserted(
                            () -> assertThat(heard(group, 0)).containsExactly(BecameMaster.class, SiteAdded.class));
            assertThat(group.events(0, ConnectionEstablished.class))
                    .extracting(ConnectionEstablished::peer)
                    .contains(group.name(1));
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }

    @Test
    void S07_a_transaction_that_outlives_its_mastership_leaves_nothing_behind() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment first = group.master();
            Environment second = group.client();
            names(first).put("k", "before");
            group.converged();
            try (Transaction open = first.begin()) {
                assertThat(names(first).get(open, "k")).contains("before");
                names(first).put(open, "k", "never");
                first.transferMastership(name(second));
                group.converged();
                await().atMost(TestGroup.PATIENCE).until(() -> streams(second, first));
                second.transferMastership(name(first));
                await().atMost(TestGroup.PATIENCE).until(() -> first.role() == Role.MASTER);
                assertThatExceptionOfType(ConflictException.class).isThrownBy(open::commit);
            }
            assertThat(group.converged()).isEqualTo(Map.of("k", "before"));
        }
    }

    @Test
    void S08_a_handle_opened_on_a_client_writes_once_that_client_is_master() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment client = group.client();
            Database<String, String> handle = names(client);
            assertThat(handle.get("k")).isEmpty();
            client.transferMastership(name(client));
            await().atMost(TestGroup.PATIENCE).until(() -> client.role() == Role.MASTER);
            handle.put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }

    @Test
    void S09_while_mastership_goes_round_writes_succeed_on_the_master_only_and_none_is_lost() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            group.master();
            AtomicBoolean going = new AtomicBoolean(true);
            Set<String> acknowledged = new ConcurrentSkipListSet<>();
            Set<String> unknown = new ConcurrentSkipListSet<>();
            List<CompletableFuture<Long>> writers = new ArrayList<>();
            for (int site = 0; site < 3; site++) {
                Environment environment = group.site(site);
                writers.add(CompletableFuture.supplyAsync(() -> write(environment, going, acknowledged, unknown)));
            }
            for (int round = 0; round < 6; round++) {
                Environment next = group.client();
                int before = acknowledged.size();
                next.transferMastership(name(next));
                await().atMost(TestGroup.PATIENCE).until(() -> acknowledged.size() > before + 20);
            }
            going.set(false);
            long refused = writers.stream().mapToLong(CompletableFuture::join).sum();
            assertThat(refused).isPositive();
            Set<String> there = group.converged().keySet();
            assertThat(there).containsAll(acknowledged);
            Set<String> unexplained = new TreeSet<>(there);
            unexplained.removeAll(acknowledged);
            unexplained.removeAll(unknown);
            assertThat(unexplained).isEmpty();
        }
    }

    /** Writes one key after another until told to stop; how many were refused. */
    private static long write(
            Environment environment, AtomicBoolean going, Set<String> acknowledged, Set<String> unknown) {
        long refused = 0;
        for (int i = 0; going.get(); i++) {
            String key = environment.name() + "-" + i;
            try {
                environment.write(
                        TransactionOptions.DEFAULT, txn -> names(environment).put(txn, key, "v"));
                acknowledged.add(key);
            } catch (NotMasterException e) {
                refused++;
                Thread.onSpinWait();
            } catch (OutcomeUnknownException | InsufficientAcksException e) {
                unknown.add(key);
            }
        }
        return refused;
    }
}
