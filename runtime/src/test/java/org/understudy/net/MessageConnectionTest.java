package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestPost.bytes;
import static org.understudy.net.TestSite.awaitThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.Handshake.Busy;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.MessageFrame.Answer;
import org.understudy.net.MessageFrame.Post;
import org.understudy.net.MessageFrame.Withdrawal;
import org.understudy.net.TestPost.Told;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;

/** The connections for messages between two sites: dialled when needed, and gone with the main one. */
class MessageConnectionTest {
    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    private TestSite one;
    private TestSite other;

    @BeforeEach
    void connect() {
        one = watch.site();
        other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);
        other.awaitConnected(one);
    }

    private static MessageLine line(TestSite from, TestSite to) {
        return from.transport().messages().find(to.name()).orElseThrow();
    }

    private static Post post(long request, String text) {
        return new Post(request, "", List.of(bytes(text)));
    }

    private static void awaitTold(TestSite site, TestSite by, String what) {
        awaitThat(() -> site.post().told().contains(new Told(by.name(), what)));
    }

    @Test
    void both_send_and_both_are_answered() {
        assertThat(line(one, other).send(post(1, "a"))).isEqualTo(Handed.TAKEN);
        assertThat(line(other, one).send(post(1, "b"))).isEqualTo(Handed.TAKEN);
        awaitTold(one, other, "answered 1 [a]");
        awaitTold(other, one, "answered 1 [b]");
        assertThat(one.post().told()).contains(new Told(other.name(), "posted [b]"));
    }

    @Test
    void they_are_read_on_another_event_loop_than_heartbeats_and_records() {
        line(one, other).send(post(1, "a"));
        line(other, one).send(post(1, "b"));
        awaitTold(one, other, "answered 1 [a]");
        awaitTold(other, one, "answered 1 [b]");
        for (TestSite site : List.of(one, other)) {
            assertThat(site.post().threads()).hasSize(1).doesNotContain(site.call(() -> Thread.currentThread()
                    .getName()));
        }
    }

    @Test
    void what_is_sent_while_the_connection_opens_keeps_its_order() {
        for (int i = 0; i < 100; i++) {
            line(one, other).send(post(0, "" + i));
        }
        awaitTold(other, one, "posted [99]");
        assertThat(other.post().told())
                .extracting(Told::what)
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of("opened"), IntStream.range(0, 100).mapToObj(i -> "posted [" + i + "]"))
                        .toList());
    }

    @Test
    void sixteen_mebibytes_travel_as_one_message() {
        byte[] large = new byte[16 * 1024 * 1024];
        line(one, other).send(new Post(1, "", List.of(large)));
        awaitThat(() -> one.post().told().stream()
                .anyMatch(told ->
                        told.what().startsWith("answered 1") && told.what().length() > large.length));
    }

    @Test
    void nothing_is_lost_where_reading_stops_for_a_while() {
        line(one, other).send(post(0, "first"));
        awaitTold(other, one, "posted [first]");
        other.post().lines().get(0).pause();
        for (int i = 0; i < 200; i++) {
            line(one, other).send(new Post(0, "", List.of(bytes("" + i), new byte[100_000])));
        }
        line(one, other).send(post(0, "last"));
        awaitThat(() -> line(one, other).queuedBytes() > 0);
        other.post().lines().get(0).resume();
        awaitTold(other, one, "posted [last]");
        assertThat(other.post().told()).hasSize(1 + 1 + 200 + 1);
    }

    @Test
    void beyond_its_bound_a_line_takes_no_more() {
        TestSite narrow = watch.site(TransportOptions.defaults().withMessageQueue(1000));
        narrow.keepConnected(other);
        narrow.awaitConnected(other);
        other.awaitConnected(narrow);
        MessageLine line = line(narrow, other);
        // The loop may have taken the first by the time the next comes, but hardly a thousand of them.
        awaitThat(() -> IntStream.range(0, 1000)
                .anyMatch(i -> line.send(new Post(0, "", List.of(new byte[1000]))) == Handed.FULL));
    }

    @Test
    void messages_end_with_the_main_connection_and_the_next_one_has_a_line_of_its_own() {
        MessageLine old = line(one, other);
        old.send(post(1, "a"));
        awaitTold(one, other, "answered 1 [a]");

        one.run(() -> one.transport().disconnect(other.peer(), "enough"));

        awaitTold(one, other, "lost");
        awaitTold(other, one, "closed");
        assertThat(old.send(post(2, "b"))).isEqualTo(Handed.GONE);
        awaitThat(() -> one.transport().messages().find(other.name()).isPresent());
        line(one, other).send(post(3, "c"));
        awaitTold(one, other, "answered 3 [c]");
    }

    @Test
    void a_connection_without_its_main_one_is_not_taken() {
        try (RawPeer raw = RawPeer.to(other)) {
            raw.greet(messageHello(raw, other), 2, new ConnectionId(raw.process(), 1));

            assertThat(raw.readHandshake()).isInstanceOf(Busy.class);
            raw.awaitClosed();
        }
    }

    @Test
    void what_does_not_belong_there_closes_the_connection_and_no_other() {
        try (RawPeer main = RawPeer.to(other);
                RawPeer raw = main.again();
                RawPeer again = main.again()) {
            main.greet(1);
            main.readHandshake();
            raw.greet(messageHello(main, other), 2, new ConnectionId(main.process(), 1));
            assertThat(raw.readHandshake()).isInstanceOf(Greeting.class);
            raw.send(MessageCodec.encode(post(1, "a")).toByteArray());
            awaitThat(() -> other.post().told().contains(new Told(RawPeer.NAME, "posted [a]")));

            raw.send(MessageCodec.encode(new Answer(1, List.of())).toByteArray())
                    .awaitClosed();

            awaitThat(() -> other.post().told().contains(new Told(RawPeer.NAME, "closed")));
            again.greet(messageHello(main, other), 3, new ConnectionId(main.process(), 1));
            assertThat(again.readHandshake()).isInstanceOf(Greeting.class);
            again.send(MessageCodec.encode(new Withdrawal(9)).toByteArray());
            awaitThat(() -> other.post().told().contains(new Told(RawPeer.NAME, "withdrawn 9")));
            main.send(new Message.Ack(1, 2, 3));
            awaitThat(() -> other.received().contains(new Message.Ack(1, 2, 3)));
        }
    }

    @Test
    void one_that_can_not_be_opened_loses_what_waits() {
        try (RawPeer raw = RawPeer.to(one)) {
            raw.greet(1);
            raw.readHandshake();
            awaitThat(() -> one.transport().messages().find(RawPeer.NAME).isPresent());

            one.transport().messages().find(RawPeer.NAME).orElseThrow().send(post(1, "a"));

            awaitThat(() -> one.post().told().contains(new Told(RawPeer.NAME, "lost")));
        }
    }

    @Test
    void none_is_made_to_a_site_whose_release_knows_no_messages_and_that_can_be_asked() {
        try (RawPeer raw = RawPeer.to(one)) {
            Hello now = raw.hello();
            Hello older = new Hello(
                    now.version(),
                    0,
                    now.group(),
                    now.groupId(),
                    now.site(),
                    now.dialled(),
                    now.incarnation(),
                    now.kind());
            raw.greet(older, 1, ConnectionId.NONE);
            assertThat(raw.readHandshake()).isInstanceOf(Greeting.class);
            awaitThat(() -> one.transport().messages().takesNone(RawPeer.NAME));
            assertThat(one.transport().messages().find(RawPeer.NAME)).isEmpty();
            assertThat(one.transport().messages().all())
                    .extracting(MessageLine::site)
                    .containsExactly(other.name());
            assertThat(one.transport().messages().takesNone(other.name())).isFalse();
        }
    }

    private static Hello messageHello(RawPeer peer, TestSite site) {
        return new Hello(
                Hello.VERSION,
                Hello.FEATURES,
                "quotes",
                TestSite.GROUP,
                RawPeer.NAME,
                site.name(),
                peer.hello().incarnation(),
                ConnectionKind.MESSAGES);
    }
}
