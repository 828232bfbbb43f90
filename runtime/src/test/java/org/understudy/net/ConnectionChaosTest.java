package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestSite.awaitThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** Sites disconnect, restart and are wiped at random, and are connected one to one when that ends. */
class ConnectionChaosTest {
    private static final int SITES = 4;
    private static final int STEPS = 150;
    private static final TransportOptions OPTIONS =
            TransportOptions.defaults().withConnectionRetry(Duration.ofMillis(5), Duration.ofMillis(50));

    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    private final List<TestSite> sites = new ArrayList<>();
    private final List<TestSite> gone = new ArrayList<>();

    @RepeatedTest(10)
    void after_any_disorder_each_two_sites_have_one_connection(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < SITES; i++) {
            sites.add(TestSite.start(watch.vertx(), OPTIONS));
        }
        sites.forEach(this::keepConnectedToAll);
        for (int step = 0; step < STEPS; step++) {
            disturb(random);
        }
        sites.forEach(watch::closing);

        awaitThat(() -> sites.stream().allMatch(this::isConnectedToAll));
        exchangeMessages();
        sites.forEach(CrossingTest::assertAlternates);
        gone.forEach(CrossingTest::assertAlternates);
    }

    private void disturb(Random random) {
        int index = random.nextInt(SITES);
        TestSite site = sites.get(index);
        TestSite other = sites.get((index + 1 + random.nextInt(SITES - 1)) % SITES);
        switch (random.nextInt(8)) {
            case 0 -> restart(index, site.incarnation());
            case 1 -> restart(index, UUID.randomUUID());
            case 2, 3 -> site.post(() -> site.transport().disconnect(other.peer(), "at random"));
            case 4 -> site.post(() -> site.transport().connectNow(other.name()));
            case 5 -> site.post(() -> site.transport().keepConnected(Set.of(other.name())));
            case 6 -> keepConnectedToAll(site);
            default -> awaitThat(() -> site.isConnected(other) || !site.told().isEmpty());
        }
        keepConnectedToAll(site);
    }

    private void restart(int index, UUID incarnation) {
        TestSite old = sites.get(index);
        old.close();
        gone.add(old);
        TestSite again = TestSite.restart(watch.vertx(), old.name(), incarnation, OPTIONS);
        sites.set(index, again);
        keepConnectedToAll(again);
    }

    private void keepConnectedToAll(TestSite site) {
        site.keepConnected(sites.stream().filter(other -> other != site).toArray(TestSite[]::new));
    }

    private boolean isConnectedToAll(TestSite site) {
        return sites.stream().allMatch(other -> other == site || site.isConnected(other));
    }

    /** A dial from the disorder may still replace a connection, and what was on its way there is lost: then once more. */
    private void exchangeMessages() {
        long round = 1;
        while (!arrivesEverywhere(round)) {
            round++;
            assertThat(round)
                    .as("rounds of messages, each cut short by another connection")
                    .isLessThan(STEPS);
        }
    }

    private boolean arrivesEverywhere(long round) {
        awaitThat(() -> sites.stream().allMatch(this::isConnectedToAll));
        long changes = connectionChanges();
        Message.Outdated message = new Message.Outdated(round);
        for (TestSite from : sites) {
            sites.stream().filter(to -> to != from).forEach(to -> from.send(to, message));
        }
        awaitThat(() -> sites.stream().allMatch(site -> sendersOf(message, site).size() == SITES - 1)
                || connectionChanges() > changes);
        sites.forEach(site -> assertThat(sendersOf(message, site)).doesNotHaveDuplicates());
        return connectionChanges() == changes;
    }

    private static List<Peer> sendersOf(Message message, TestSite site) {
        return site.told(Told.Received.class).stream()
                .filter(told -> told.message().equals(message))
                .map(Told.Received::peer)
                .toList();
    }

    private long connectionChanges() {
        return sites.stream()
                .mapToLong(site -> site.told(Told.Connected.class).size()
                        + site.told(Told.Disconnected.class).size())
                .sum();
    }
}
