package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.Environment;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.TransactionOptions;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.event.ConnectionBroken;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.Elected;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.MasterFailure;
import org.understudy.event.NewMaster;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.RolledBack;
import org.understudy.event.SiteRemoved;
import org.understudy.event.StartupDone;

/** Events come in the orders that Berkeley DB's applications know, on real groups; S01 and S02 show the first two. */
class EventOrderTest {
    private static final int SITES = 3;

    @TempDir
    Path folder;

    @Test
    void a_master_that_is_lost_is_followed_by_an_election_that_all_hear_of_in_order() {
        try (ProxiedGroup proxied = started("2s")) {
            TestGroup group = proxied.sites();
            int lost = group.indexOf(group.master());

            proxied.isolate(group.name(lost));

            int winner = other(group, lost);
            int loser = SITES - lost - winner;
            for (int client : List.of(winner, loser)) {
                awaitOrder(group, client, ConnectionBroken.class, MasterFailure.class);
            }
            awaitOrder(group, winner, MasterFailure.class, Elected.class, BecameMaster.class);
            awaitOrder(group, loser, MasterFailure.class, NewMaster.class, StartupDone.class);
        }
    }

    @Test
    void a_master_that_returns_hears_of_its_end_of_the_new_one_of_what_it_lost_and_of_its_start() {
        try (ProxiedGroup proxied = started("2s")) {
            TestGroup group = proxied.sites();
            Environment old = group.master();
            int lost = group.indexOf(old);
            proxied.isolate(group.name(lost));
            loseOne(old);
            await().atMost(TestGroup.PATIENCE).until(() -> old.role() != Role.MASTER);
            other(group, lost);

            proxied.heal(group.name(lost));

            awaitOrder(group, lost, BecameClient.class, NewMaster.class, RolledBack.class, StartupDone.class);
        }
    }

    @Test
    void of_two_masters_the_old_one_gives_way_and_the_new_one_hears_nothing() {
        try (ProxiedGroup proxied = started("60s")) {
            TestGroup group = proxied.sites();
            int lost = group.indexOf(group.master());
            proxied.isolate(group.name(lost));
            int winner = other(group, lost);

            proxied.heal(group.name(lost));

            awaitOrder(group, lost, BecameClient.class, NewMaster.class, StartupDone.class);
            assertThat(group.site(winner).role()).isEqualTo(Role.MASTER);
            assertThat(group.events(winner))
                    .noneMatch(event -> event instanceof DuplicateMaster || event instanceof BecameClient);
        }
    }

    @Test
    void a_removal_is_told_to_the_removed_and_to_the_others() {
        try (ProxiedGroup proxied = started("2s")) {
            TestGroup group = proxied.sites();
            Environment master = group.master();
            int removed = group.indexOf(group.client());

            master.removeSite(group.name(removed));

            awaitOrder(group, removed, LocalSiteRemoved.class);
            awaitOrder(group, group.indexOf(master), SiteRemoved.class, ConnectionBroken.class);
        }
    }

    @Test
    void a_handover_is_an_end_a_beginning_and_news() {
        try (ProxiedGroup proxied = started("2s")) {
            TestGroup group = proxied.sites();
            int before = group.indexOf(group.master());
            int after = group.indexOf(group.client());

            group.master().transferMastership(group.name(after));

            awaitOrder(group, before, BecameClient.class, NewMaster.class, StartupDone.class);
            awaitOrder(group, after, Elected.class, BecameMaster.class);
            awaitOrder(group, SITES - before - after, NewMaster.class, StartupDone.class);
        }
    }

    /** All stream from one master, and what was heard until then is forgotten. */
    private ProxiedGroup started(String quorumLoss) {
        ProxiedGroup proxied = new ProxiedGroup(folder, SITES, config -> config.set("quorum-loss-timeout", quorumLoss));
        TestGroup group = proxied.sites();
        group.startAll();
        TestGroup.names(group.master()).put("all", "here");
        group.converged();
        for (int site = 0; site < SITES; site++) {
            group.events(site).clear();
        }
        return proxied;
    }

    /** The site that becomes master instead. */
    private static int other(TestGroup group, int lost) {
        Environment old = group.site(lost);
        await().atMost(TestGroup.PATIENCE)
                .until(() -> group.running().stream().anyMatch(site -> site != old && site.role() == Role.MASTER));
        return group.running().stream()
                .filter(site -> site != old && site.role() == Role.MASTER)
                .mapToInt(group::indexOf)
                .findFirst()
                .orElseThrow();
    }

    /** A commit that nobody else gets. */
    private static void loseOne(Environment master) {
        try {
            master.write(
                    TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE),
                    transaction -> TestGroup.names(master).put(transaction, "lost", "here"));
        } catch (ReplicationException tooLate) {
            throw new AssertionError("the master stepped down before it could write what it is to lose", tooLate);
        }
    }

    /** Waits until events of these kinds have come, in this order; others may have come between them. */
    private static void awaitOrder(TestGroup group, int site, Class<?>... kinds) {
        Set<Class<?>> asked = Set.of(kinds);
        await().atMost(TestGroup.PATIENCE).untilAsserted(() -> assertThat(group.events(site).stream()
                        .<Class<?>>map(ReplicationEvent::getClass)
                        .filter(asked::contains)
                        .toList())
                .as("what %s heard", group.name(site))
                .containsSubsequence(kinds));
    }
}
