package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.net.TestSite.awaitThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.Message;

/** Sites find each other, talk in order, and notice when the other goes. */
class TransportTest {
    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    @Test
    void two_sites_connect_and_know_each_other() {
        TestSite one = watch.site();
        TestSite other = watch.site();

        one.keepConnected(other);

        assertThat(one.awaitTold(Told.Connected.class)).isEqualTo(new Told.Connected(other.peer(), TestSite.GROUP));
        assertThat(other.awaitTold(Told.Connected.class)).isEqualTo(new Told.Connected(one.peer(), TestSite.GROUP));
    }

    @Test
    void a_site_is_found_by_its_host_name() {
        TestSite one = watch.site();
        TestSite other = watch.closing(TestSite.restart(
                watch.vertx(), "localhost:" + FreePort.next(), UUID.randomUUID(), TransportOptions.defaults()));

        one.keepConnected(other);

        one.awaitConnected(other);
        other.awaitConnected(one);
    }

    @Test
    void messages_arrive_in_the_order_they_were_sent() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);

        for (int turn = 0; turn < 50; turn++) {
            one.send(other, acks(turn * 200L, 200));
        }

        awaitThat(() -> other.received().size() == 10_000);
        assertThat(other.received()).containsExactly(acks(0, 10_000));
    }

    @Test
    void every_type_of_message_travels() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);
        other.awaitConnected(one);
        List<Message> all =
                SampleMessages.all().filter(message -> !message.isBulk()).toList();

        one.send(other, all.toArray(Message[]::new));

        awaitThat(() -> other.received().size() == all.size());
        assertThat(other.received()).extracting(Object::getClass).isEqualTo(classes(all));
    }

    @Test
    void a_dead_site_is_noticed_and_found_again() {
        TestSite one = watch.site();
        TestSite other = TestSite.start(watch.vertx());
        one.keepConnected(other);
        one.awaitConnected(other);

        other.close();

        assertThat(one.awaitTold(Told.Disconnected.class).reason())
                .isEqualTo("site " + other.name() + " closed the connection: site " + other.name() + " stops");
        one.awaitTold(Told.ConnectFailed.class);

        TestSite again = watch.closing(
                TestSite.restart(watch.vertx(), other.name(), other.incarnation(), TransportOptions.defaults()));
        one.awaitTold(Told.Connected.class, 2);
        again.awaitConnected(one);
    }

    @Test
    void a_site_that_is_not_there_is_reported() {
        TestSite one = watch.site();
        String nobody = "127.0.0.1:" + FreePort.next();

        one.run(() -> one.transport().connectNow(nobody));

        assertThat(one.awaitTold(Told.ConnectFailed.class).site()).isEqualTo(nobody);
        assertThat(one.awaitTold(Told.ConnectFailed.class).reason()).contains("refused");
    }

    @Test
    void a_name_that_is_no_address_is_reported() {
        TestSite one = watch.site();

        one.run(() -> one.transport().connectNow("nowhere"));

        assertThat(one.awaitTold(Told.ConnectFailed.class).reason()).contains("must be host:port");
    }

    @Test
    void a_port_in_use_is_refused_with_what_to_do() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String taken = "127.0.0.1:" + other.getLocalPort();

            assertThatThrownBy(() ->
                            TestSite.restart(watch.vertx(), taken, UUID.randomUUID(), TransportOptions.defaults()))
                    .hasRootCauseInstanceOf(BindException.class)
                    .cause()
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("can't listen on " + taken)
                    .hasMessageContaining("stop the process that has this port");
        }
    }

    @Test
    void a_site_no_longer_wanted_is_disconnected_by_the_one_that_dialled() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);
        other.awaitConnected(one);

        one.keepConnected();

        assertThat(other.awaitTold(Told.Disconnected.class).reason()).contains("needs no connection");
        one.awaitDisconnected(other);
    }

    @Test
    void a_connection_that_others_made_may_stay() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        other.awaitConnected(one);

        other.keepConnected();
        other.send(one, new Message.Outdated(1));

        one.awaitTold(Told.Received.class);
        assertThat(other.isConnected(one)).isTrue();
    }

    @Test
    void what_is_sent_to_nobody_is_dropped() {
        TestSite one = watch.site();
        TestSite other = watch.site();

        one.send(other, new Message.Outdated(1));
        one.keepConnected(other);
        one.awaitConnected(other);
        one.send(other, new Message.Outdated(2));

        awaitThat(() -> other.received().size() == 1);
        assertThat(other.received()).containsExactly(new Message.Outdated(2));
    }

    @Test
    void a_peer_that_is_disconnected_is_told_why() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);
        other.awaitConnected(one);

        one.run(() -> one.transport().disconnect(other.peer(), "nothing heard for 2000 ms"));

        assertThat(one.awaitTold(Told.Disconnected.class).reason()).isEqualTo("nothing heard for 2000 ms");
        assertThat(other.awaitTold(Told.Disconnected.class).reason())
                .endsWith("closed the connection: nothing heard for 2000 ms");
        one.awaitTold(Told.Connected.class, 2);
    }

    @Test
    void a_connection_in_use_is_left_alone_when_it_is_asked_for_again() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);
        other.awaitConnected(one);

        one.keepConnected(other);
        one.connectNow(other);
        other.connectNow(one);
        one.send(other, new Message.Outdated(1));

        other.awaitTold(Told.Received.class);
        assertThat(one.told()).hasSize(1);
        assertThat(other.told()).hasSize(2);
    }

    @Test
    void what_goes_over_the_connections_is_counted() {
        TestSite one = watch.site();
        TestSite other = watch.site();
        one.keepConnected(other);
        one.awaitConnected(other);
        one.send(other, acks(0, 100));
        awaitThat(() -> other.received().size() == 100);

        PeerTraffic sent = one.call(() -> one.transport().traffic()).get(0);
        PeerTraffic received = other.call(() -> other.transport().traffic()).get(0);

        assertThat(sent.peer()).isEqualTo(other.peer());
        assertThat(sent.dialledHere()).isTrue();
        assertThat(sent.bytesSent()).isEqualTo(received.bytesReceived()).isGreaterThan(3_000);
        assertThat(sent.queuedBytes()).isZero();
        assertThat(one.call(() -> one.transport().status()).established()).isEqualTo(1);
    }

    static Message[] acks(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(lsn -> new Message.Ack(1, 2, lsn))
                .toArray(Message[]::new);
    }

    private static List<Class<?>> classes(List<Message> messages) {
        return messages.stream().<Class<?>>map(Object::getClass).toList();
    }
}
