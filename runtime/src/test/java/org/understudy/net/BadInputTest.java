package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestSite.awaitThat;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.Message;

/** Whatever arrives on a connection, only that connection suffers. */
class BadInputTest {
    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    @Test
    void a_web_browser_is_shown_the_door() {
        TestSite site = watch.site();
        try (RawPeer browser = RawPeer.to(site)) {
            browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .awaitClosed();
        }
        assertThat(site.told()).isEmpty();
    }

    @RepeatedTest(20)
    void random_bytes_close_only_their_own_connection(RepetitionInfo round) {
        TestSite site = watch.site();
        TestSite other = watch.site();
        other.keepConnected(site);
        site.awaitConnected(other);
        other.awaitConnected(site);
        byte[] garbage = new byte[100_000];
        new Random(round.getCurrentRepetition()).nextBytes(garbage);

        try (RawPeer peer = RawPeer.to(site)) {
            sendUntilClosed(peer, garbage);
        }

        other.send(site, new Message.Outdated(1));
        awaitThat(() -> site.received().size() == 1);
        assertThat(site.told(Told.Disconnected.class)).isEmpty();
    }

    @Test
    void garbage_after_the_handshake_closes_the_connection_with_the_reason() {
        assertClosed(new byte[] {0, 0, 0, 5, 1, 2, 3, 4, 99, 1, 2, 3, 4}, "unknown frame type 99");
    }

    @Test
    void a_wrong_checksum_closes_the_connection() {
        byte[] frame = WireCodec.encode(new Message.Outdated(1)).toByteArray();
        frame[frame.length - 1]++;

        assertClosed(frame, "wrong checksum in a frame of type Outdated");
    }

    @Test
    void a_giant_frame_closes_the_connection_before_it_comes() {
        assertClosed(
                ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array(),
                "a frame that says it has 2147483647 bytes; 1 to");
    }

    @Test
    void a_frame_of_negative_size_closes_the_connection() {
        assertClosed(ByteBuffer.allocate(8).putInt(-1).array(), "a frame that says it has 4294967295 bytes");
    }

    @Test
    void a_bulk_message_on_the_main_connection_closes_it() {
        assertClosed(
                WireCodec.encode(new Message.RangeRequest(1, 2, 3, 4)).toByteArray(),
                "a RangeRequest outside of the connection for bulk");
    }

    @Test
    void records_that_are_damaged_close_the_connection() {
        byte[] frame = WireCodec.encode(SampleMessages.append(SampleMessages.records(1, 2, 50)))
                .toByteArray();
        frame[frame.length - 1]++;

        assertClosed(frame, "wrong checksum at record LSN 2");
    }

    @Test
    void half_a_frame_and_then_silence_closes_the_connection() {
        TestSite site = watch.site(TransportOptions.defaults()
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(100)));
        byte[] frame = WireCodec.encode(new Message.Ack(1, 2, 3)).toByteArray();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1).send(Arrays.copyOf(frame, 5)).awaitClosed();
        }
        assertThat(site.awaitTold(Told.Disconnected.class).reason())
                .isEqualTo("the rest of a frame did not come within 100 ms");
    }

    @Test
    void a_frame_that_comes_byte_by_byte_is_read() {
        TestSite site = watch.site();
        byte[] frame = WireCodec.encode(new Message.Ack(1, 2, 3)).toByteArray();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1);
            for (byte each : frame) {
                peer.send(new byte[] {each});
            }
            assertThat(site.awaitTold(Told.Received.class).message()).isEqualTo(new Message.Ack(1, 2, 3));
        }
    }

    @Test
    void a_connection_that_is_reset_is_reported() {
        TestSite site = watch.site();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1);
            site.awaitTold(Told.Connected.class);
        }
        assertThat(site.awaitTold(Told.Disconnected.class).peer().name()).isEqualTo(RawPeer.NAME);
    }

    @Test
    void a_listener_that_throws_costs_the_connection_and_nothing_else() {
        TestSite site = watch.site();
        site.on((peer, message) -> {
            throw new IllegalStateException("a defect");
        });
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1).send(new Message.Outdated(1)).awaitClosed();

            assertThat(site.awaitTold(Told.Disconnected.class).reason()).contains("a defect");
            try (RawPeer again = peer.again()) {
                again.greet(2);
                site.awaitTold(Told.Connected.class, 2);
            }
        }
    }

    private void assertClosed(byte[] bytes, String reason) {
        TestSite site = watch.site();
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1).send(new Message.Outdated(7)).send(bytes).awaitClosed();
        }
        assertThat(site.awaitTold(Told.Disconnected.class).reason())
                .startsWith("it sent bytes that are no frame of this protocol: ")
                .contains(reason);
        assertThat(site.received()).containsExactly(new Message.Outdated(7));
    }

    private static void sendUntilClosed(RawPeer peer, byte[] bytes) {
        try {
            peer.send(bytes).awaitClosed();
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasMessageMatching(".*(reset|Broken pipe|closed).*");
        }
    }
}
