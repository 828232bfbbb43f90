package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestSite.awaitThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.Handshake.Busy;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Goodbye;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** However often sites dial each other, there is one connection between them, and it is the newest that both know. */
class CrossingTest {
    private static final int ROUNDS = 300;

    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    @Test
    void two_sites_that_dial_each_other_end_with_one_connection() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        for (int round = 1; round <= ROUNDS; round++) {
            dialEachOther(one, other);
            long number = round;
            one.send(other, new Message.Outdated(number));
            other.send(one, new Message.Outdated(number));
            awaitThat(() -> one.received().contains(new Message.Outdated(number))
                    && other.received().contains(new Message.Outdated(number)));
            part(one, other);
        }
        assertAlternates(one);
        assertAlternates(other);
        assertThat(one.told(Told.Connected.class)).hasSize(ROUNDS);
        assertThat(other.told(Told.Connected.class)).hasSize(ROUNDS);
    }

    @Test
    void a_restarted_process_takes_the_place_of_the_old_one() {
        TestSite site = watch.site();
        try (RawPeer old = RawPeer.to(site)) {
            old.greet(5);
            assertThat(old.readHandshake()).isInstanceOf(Greeting.class);
            try (RawPeer restarted = old.restarted()) {
                restarted.greet(1);
                assertThat(restarted.readHandshake()).isInstanceOf(Greeting.class);
                assertThat(old.readHandshake()).isEqualTo(new Goodbye("replaced by a newer connection"));
                old.awaitClosed();
                restarted.send(new Message.Outdated(1));
                site.awaitTold(Told.Received.class);
            }
        }
        assertAlternates(site);
    }

    @Test
    void a_wiped_site_takes_the_place_of_its_old_self() {
        TestSite site = watch.site();
        try (RawPeer old = RawPeer.to(site);
                RawPeer wiped = RawPeer.to(site)) {
            old.greet(1);
            site.awaitTold(Told.Connected.class);
            wiped.greet(1);
            site.awaitTold(Told.Connected.class, 2);

            assertThat(site.told().subList(0, 3))
                    .containsExactly(
                            new Told.Connected(old.peer(), TestSite.GROUP),
                            new Told.Disconnected(old.peer(), "replaced by a newer connection"),
                            new Told.Connected(wiped.peer(), TestSite.GROUP));
        }
    }

    @Test
    void a_newer_connection_of_the_same_process_replaces_the_older_and_never_the_other_way_round() {
        TestSite site = watch.site();
        try (RawPeer second = RawPeer.to(site);
                RawPeer first = second.again();
                RawPeer third = second.again()) {
            second.greet(2);
            assertThat(second.readHandshake()).isInstanceOf(Greeting.class);

            first.greet(1);
            assertThat(first.readHandshake()).isInstanceOf(Busy.class);

            third.greet(3);
            assertThat(third.readHandshake()).isInstanceOf(Greeting.class);
            assertThat(second.readHandshake()).isInstanceOf(Goodbye.class);
        }
        assertAlternates(site);
    }

    @Test
    void of_two_dials_that_cross_the_one_by_the_smaller_name_is_taken() {
        Greeting fromA = greeting("a:1", new UUID(1, 1), 1, ConnectionId.NONE);
        Greeting fromB = greeting("b:1", new UUID(2, 2), 1, ConnectionId.NONE);

        assertThat(Crossing.takes("b:1", fromA, true, Optional.empty(), Optional.empty()))
                .isTrue();
        assertThat(Crossing.takes("a:1", fromB, true, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(Crossing.takes("a:1", fromB, false, Optional.empty(), Optional.empty()))
                .isTrue();
    }

    @Test
    void a_dial_that_was_under_way_when_ours_was_answered_is_not_taken() {
        ConnectionId ours = new ConnectionId(new UUID(9, 9), 4);
        Crossing.Standing standing = new Crossing.Standing(ours, new UUID(2, 2), true);

        assertThat(Crossing.takes(
                        "a:1",
                        greeting("b:1", new UUID(2, 2), 7, ConnectionId.NONE),
                        false,
                        Optional.of(standing),
                        Optional.empty()))
                .isFalse();
    }

    @Test
    void a_dial_of_one_who_knew_ours_and_lost_it_is_taken() {
        ConnectionId ours = new ConnectionId(new UUID(9, 9), 4);
        Crossing.Standing standing = new Crossing.Standing(ours, new UUID(2, 2), true);

        assertThat(Crossing.takes(
                        "a:1",
                        greeting("b:1", new UUID(2, 2), 7, ours),
                        false,
                        Optional.of(standing),
                        Optional.empty()))
                .isTrue();
    }

    @Test
    void a_greeting_that_was_sent_before_our_connection_came_and_went_is_not_taken() {
        UUID here = new UUID(9, 9);
        Crossing.Standing gone = new Crossing.Standing(new ConnectionId(here, 4), new UUID(2, 2), true);

        assertThat(takesAfter(gone, greeting("b:1", new UUID(2, 2), 7, ConnectionId.NONE)))
                .isFalse();
        assertThat(takesAfter(gone, greeting("b:1", new UUID(2, 2), 7, new ConnectionId(here, 3))))
                .isFalse();
        assertThat(takesAfter(gone, greeting("b:1", new UUID(2, 2), 8, new ConnectionId(here, 4))))
                .as("it knew that connection")
                .isTrue();
        assertThat(takesAfter(gone, greeting("b:1", new UUID(2, 2), 8, new ConnectionId(here, 5))))
                .as("it took a later one, whose answer was lost")
                .isTrue();
        assertThat(takesAfter(gone, greeting("b:1", new UUID(3, 3), 1, ConnectionId.NONE)))
                .as("it was restarted")
                .isTrue();
    }

    @Test
    void a_greeting_older_than_their_connection_that_came_and_went_is_not_taken() {
        Crossing.Standing gone = new Crossing.Standing(new ConnectionId(new UUID(2, 2), 4), new UUID(2, 2), false);

        assertThat(takesAfter(gone, greeting("b:1", new UUID(2, 2), 3, ConnectionId.NONE)))
                .isFalse();
        assertThat(takesAfter(gone, greeting("b:1", new UUID(2, 2), 5, ConnectionId.NONE)))
                .isTrue();
    }

    private static boolean takesAfter(Crossing.Standing gone, Greeting greeting) {
        return Crossing.takes("a:1", greeting, false, Optional.empty(), Optional.of(gone));
    }

    private static Greeting greeting(String site, UUID process, long number, ConnectionId known) {
        return new Greeting(
                new Hello(1, 0, "quotes", TestSite.GROUP, site, "", UUID.randomUUID(), ConnectionKind.MAIN),
                process,
                number,
                known);
    }

    private static void dialEachOther(TestSite one, TestSite other) {
        // Not one after the other: neither waits for the other's turn.
        one.post(() -> one.transport().connectNow(other.name()));
        other.post(() -> other.transport().connectNow(one.name()));
        awaitThat(() -> one.isConnected(other) && other.isConnected(one));
    }

    private static void part(TestSite one, TestSite other) {
        one.run(() -> one.transport().disconnect(other.peer(), "the round is over"));
        awaitThat(() -> !one.isConnected(other) && !other.isConnected(one));
    }

    /** Of each name there is one connection at a time, and messages come between its two ends. */
    static void assertAlternates(TestSite site) {
        Map<String, Peer> connected = new HashMap<>();
        for (Told told : List.copyOf(site.told())) {
            if (told instanceof Told.Connected up) {
                assertThat(connected.put(up.peer().name(), up.peer()))
                        .as("connected before %s", told)
                        .isNull();
            } else if (told instanceof Told.Disconnected down) {
                assertThat(connected.remove(down.peer().name()))
                        .as("connected before %s", told)
                        .isEqualTo(down.peer());
            } else if (told instanceof Told.Received received) {
                assertThat(connected.get(received.peer().name()))
                        .as("connected before %s", told)
                        .isEqualTo(received.peer());
            }
        }
    }
}
