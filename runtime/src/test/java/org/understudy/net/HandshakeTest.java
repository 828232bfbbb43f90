package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Goodbye;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.Handshake.Refusal;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;

/** Who may not connect is told why, on both sides. */
class HandshakeTest {
    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    @Test
    void another_version_is_refused() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        other.says(with(other, Hello.VERSION + 1, "quotes", TestSite.GROUP, other.name()));

        assertRefused(one, other, "run releases that share a version");
    }

    @Test
    void another_group_is_refused() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        other.says(with(other, Hello.VERSION, "orders", TestSite.GROUP, other.name()));

        assertRefused(one, other, "correct the property group");
    }

    @Test
    void another_group_of_the_same_name_is_refused() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        other.says(with(other, Hello.VERSION, "quotes", new UUID(8, 8), other.name()));

        assertRefused(one, other, "two groups are named 'quotes'");
    }

    @Test
    void two_sites_of_one_name_refuse_each_other() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        other.says(with(other, Hello.VERSION, "quotes", TestSite.GROUP, one.name()));

        assertRefused(one, other, "two sites were given one name");
    }

    @Test
    void a_site_that_names_itself_otherwise_than_the_others_do_is_refused() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        other.says(with(other, Hello.VERSION, "quotes", TestSite.GROUP, "localhost:" + other.port()));

        one.connectNow(other);

        assertThat(one.awaitTold(Told.ConnectFailed.class).reason())
                .contains("a site's name must be exactly as the others write it");
        assertThat(other.told()).isEmpty();
    }

    @Test
    void a_site_without_a_group_id_may_talk_to_one_that_has_it() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        UUID none = new UUID(0, 0);
        other.says(with(other, Hello.VERSION, "quotes", none, other.name()));

        one.keepConnected(other);

        assertThat(one.awaitTold(Told.Connected.class).groupId()).isEqualTo(none);
        other.awaitConnected(one);
    }

    @Test
    void who_takes_another_group_id_later_is_disconnected() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        other.keepConnected(one);
        other.awaitConnected(one);
        one.awaitConnected(other);

        one.says(with(one, Hello.VERSION, "quotes", new UUID(8, 8), one.name()));
        one.run(one.transport()::identityChanged);

        assertThat(one.awaitTold(Told.Disconnected.class).reason()).contains("two groups are named 'quotes'");
        assertThat(other.awaitTold(Told.ConnectFailed.class).reason()).contains("two groups are named 'quotes'");
    }

    @Test
    void the_other_end_is_told_who_refused_and_why() {
        TestSite site = watch.site();
        try (RawPeer peer = RawPeer.to(site)) {
            Hello hello = peer.hello();
            peer.greet(
                    new Hello(
                            Hello.VERSION,
                            0,
                            "orders",
                            hello.groupId(),
                            hello.site(),
                            hello.dialled(),
                            hello.incarnation(),
                            ConnectionKind.MAIN),
                    1,
                    ConnectionId.NONE);

            assertThat(peer.readHandshake())
                    .isEqualTo(new Refusal("site 127.0.0.1:1 belongs to group 'orders', site " + site.name()
                            + " to group 'quotes': correct the property group, or the address"));
            peer.awaitClosed();
        }
        assertThat(site.told()).isEmpty();
        assertThat(site.call(() -> site.transport().status()).refused()).isEqualTo(1);
    }

    @Test
    void a_message_before_the_greeting_is_not_read() {
        TestSite site = watch.site();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.send(new Message.Outdated(99)).greet(1).awaitClosed();
        } catch (UncheckedIOException closedWhileWriting) {
            assertThat(closedWhileWriting).hasMessageMatching(".*(reset|Broken pipe|closed).*");
        }
        assertThat(site.told()).isEmpty();
    }

    @Test
    void who_says_nothing_is_closed() {
        TestSite site = watch.site(impatient());
        try (RawPeer peer = RawPeer.to(site)) {
            peer.awaitClosed();
        }
        assertThat(site.told()).isEmpty();
        assertThat(site.call(() -> site.transport().status()).refused()).isEqualTo(1);
    }

    @Test
    void who_says_half_a_greeting_is_closed() {
        TestSite site = watch.site(impatient());
        try (RawPeer peer = RawPeer.to(site)) {
            peer.send(new byte[] {0, 0, 0, 100, 1, 2, 3, 4, 1}).awaitClosed();
        }
        assertThat(site.told()).isEmpty();
    }

    @Test
    void a_site_that_accepts_and_never_answers_is_given_up() throws IOException {
        TestSite site = watch.site(impatient());
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            site.run(() -> site.transport().connectNow("127.0.0.1:" + mute.getLocalPort()));

            assertThat(site.awaitTold(Told.ConnectFailed.class).reason()).contains("no answer to the greeting");
        }
    }

    @Test
    void a_second_greeting_ends_the_connection() {
        TestSite site = watch.site();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1);
            assertThat(peer.readHandshake()).isInstanceOf(Greeting.class);
            peer.greet(1).awaitClosed();
        }
        assertThat(site.awaitTold(Told.Disconnected.class).reason())
                .contains("a Greeting on a connection that is in use");
    }

    @Test
    void a_goodbye_gives_its_reason() {
        TestSite site = watch.site();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1);
            peer.send(HandshakeFormats.CODEC.encode(new Goodbye("closing time")).toByteArray());

            assertThat(site.awaitTold(Told.Disconnected.class).reason())
                    .isEqualTo("site 127.0.0.1:1 closed the connection: closing time");
        }
    }

    @Test
    void no_more_connections_are_taken_than_allowed() {
        TestSite site = watch.site(TransportOptions.defaults().withMaxConnections(2));
        try (RawPeer first = RawPeer.to(site);
                RawPeer second = first.again();
                RawPeer third = first.again()) {
            third.awaitClosed();

            first.greet(1);
            assertThat(first.readHandshake()).isInstanceOf(Greeting.class);
            second.greet(2);
            assertThat(second.readHandshake()).isInstanceOf(Greeting.class);
            assertThat(site.call(() -> site.transport().status()).refused()).isEqualTo(1);
        }
    }

    private static void assertRefused(TestSite one, TestSite other, String reason) {
        one.connectNow(other);
        assertThat(one.awaitTold(Told.ConnectFailed.class).reason()).contains(reason);

        other.connectNow(one);
        assertThat(other.awaitTold(Told.ConnectFailed.class).reason()).contains(reason);

        assertThat(one.told(Told.Connected.class)).isEmpty();
        assertThat(other.told(Told.Connected.class)).isEmpty();
    }

    private static Hello with(TestSite site, int version, String group, UUID groupId, String name) {
        return new Hello(version, 0, group, groupId, name, "", site.incarnation(), ConnectionKind.MAIN);
    }

    private static TransportOptions impatient() {
        return TransportOptions.defaults()
                .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMillis(100));
    }
}
