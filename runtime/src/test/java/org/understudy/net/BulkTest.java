package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestSite.awaitThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.net.Handshake.Busy;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** What is large travels beside what is urgent, and no faster than it can be dealt with. */
class BulkTest {
    private static final int MIB = 1024 * 1024;
    private static final UUID CHECKPOINT = new UUID(4, 4);

    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    private TestSite asker;
    private TestSite source;

    @BeforeEach
    void connect() {
        asker = watch.site();
        source = watch.site();
        asker.keepConnected(source);
        asker.awaitConnected(source);
        source.awaitConnected(asker);
    }

    @Test
    void an_answer_comes_back_on_the_connection_that_was_asked_on() {
        answerChunks(100);

        asker.send(source, chunkRequest(1));

        Message.Chunk answer =
                (Message.Chunk) asker.awaitTold(Told.Received.class).message();
        assertThat(answer.offset()).isEqualTo(1);
        assertThat(answer.bytes()).hasSize(100);
        assertThat(asker.call(() -> asker.transport().status()).established()).isEqualTo(1);
    }

    @Test
    void requests_keep_their_order_also_those_made_while_the_connection_opens() {
        answerChunks(10);

        for (int i = 0; i < 10; i++) {
            asker.send(source, chunkRequest(2 * i), chunkRequest(2 * i + 1));
        }

        awaitThat(() -> asker.received().size() == 20);
        assertThat(asker.received())
                .extracting(message -> ((Message.Chunk) message).offset())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void both_sites_may_ask_each_other() {
        answerChunks(10);
        asker.on((peer, message) -> {
            if (message instanceof Message.RangeRequest request) {
                asker.transport()
                        .send(peer, new Message.RangeAnswer(request.request(), Standing.ZERO, Optional.empty()));
            } else {
                asker.remember(peer, message);
            }
        });
        asker.send(source, chunkRequest(1));
        source.send(asker, new Message.RangeRequest(5, 1, 2, 3));

        awaitThat(() -> asker.received().size() == 1 && source.received().size() == 1);
        assertThat(source.received()).containsExactly(new Message.RangeAnswer(5, Standing.ZERO, Optional.empty()));
    }

    @Test
    void heartbeats_are_answered_while_two_hundred_megabytes_flow() {
        int chunks = 200;
        answerChunks(MIB);
        AtomicLong pings = new AtomicLong();
        List<Long> pingsAtChunk = new CopyOnWriteArrayList<>();
        List<Long> offsets = new ArrayList<>();
        asker.on((peer, message) -> {
            if (message instanceof Message.HeartbeatAnswer answer) {
                pings.set(answer.number());
                asker.transport().send(peer, heartbeat(answer.number() + 1));
            } else if (message instanceof Message.Chunk chunk) {
                offsets.add(chunk.offset());
                pingsAtChunk.add(pings.get());
                if (chunk.offset() + 4 < chunks) {
                    asker.transport().send(peer, chunkRequest(chunk.offset() + 4));
                }
            }
        });

        asker.send(source, heartbeat(1), chunkRequest(0), chunkRequest(1), chunkRequest(2), chunkRequest(3));

        awaitThat(() -> pingsAtChunk.size() == chunks);
        assertThat(offsets).isSorted().doesNotHaveDuplicates();
        for (int i = 20; i < chunks; i++) {
            assertThat(pingsAtChunk.get(i))
                    .as("heartbeats answered when chunk %s came", i)
                    .isGreaterThan(pingsAtChunk.get(i - 20));
        }
    }

    @Test
    void answers_wait_until_the_other_end_reads_on() {
        AtomicLong sent = new AtomicLong();
        source.on((peer, message) -> sendWhileWritable(peer, sent));
        asker.run(() -> asker.transport().pauseBulk(source.peer()));
        asker.send(source, chunkRequest(0));

        awaitThat(() -> sent.get() > 0 && !source.call(() -> source.transport().bulkWritable(asker.peer())));
        assertThat(asker.received()).isEmpty();
        assertThat(source.told(Told.BulkDrained.class)).isEmpty();

        asker.run(() -> asker.transport().resumeBulk(source.peer()));

        source.awaitTold(Told.BulkDrained.class);
        awaitThat(() -> asker.received().size() == sent.get());
        assertThat(source.call(() -> source.transport().bulkWritable(asker.peer())))
                .isTrue();
    }

    @Test
    void a_bulk_connection_that_breaks_is_reported_and_opened_anew_when_asked() {
        answerChunks(10);
        try (RawPeer main = RawPeer.to(source);
                RawPeer bulk = main.again()) {
            main.greet(1);
            Greeting answer = (Greeting) main.readHandshake();
            bulk.greet(bulkHello(main), 2, new ConnectionId(main.process(), 1));
            assertThat(bulk.readHandshake()).isInstanceOf(Greeting.class);
            bulk.send(chunkRequest(3));
            assertThat(bulk.readMessage()).isInstanceOf(Message.Chunk.class);

            bulk.send(new Message.Outdated(1)).awaitClosed();

            assertThat(source.awaitTold(Told.BulkLost.class).reason())
                    .contains("a Outdated on the connection for bulk");
            assertThat(answer.hello().site()).isEqualTo(source.name());
            try (RawPeer again = main.again()) {
                again.greet(bulkHello(main), 3, new ConnectionId(main.process(), 1));
                assertThat(again.readHandshake()).isInstanceOf(Greeting.class);
            }
        }
        assertThat(source.told(Told.Disconnected.class)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_bulk_connection_without_its_main_one_is_not_taken() {
        try (RawPeer bulk = RawPeer.to(source)) {
            bulk.greet(bulkHello(bulk), 2, new ConnectionId(bulk.process(), 1));

            assertThat(bulk.readHandshake()).isInstanceOf(Busy.class);
            bulk.awaitClosed();
        }
    }

    @Test
    void a_bulk_connection_that_can_not_be_opened_is_reported() {
        try (RawPeer peer = RawPeer.to(source)) {
            peer.greet(1);
            peer.readHandshake();

            source.run(() -> source.transport().send(peer.peer(), chunkRequest(1)));

            assertThat(source.awaitTold(Told.BulkLost.class).reason()).contains("could not be opened");
        }
    }

    @Test
    void bulk_ends_with_the_main_connection() {
        answerChunks(10);
        asker.send(source, chunkRequest(1));
        asker.awaitTold(Told.Received.class);

        asker.run(() -> asker.transport().disconnect(source.peer(), "enough"));

        asker.awaitTold(Told.Connected.class, 2);
        assertThat(asker.told(Told.BulkLost.class)).isEmpty();
        asker.send(source, chunkRequest(2));
        asker.awaitTold(Told.Received.class, 2);
        assertThat(source.told(Told.BulkLost.class)).isEmpty();
    }

    @Test
    void a_peer_that_does_not_read_is_disconnected_before_memory_runs_out() {
        TestSite site = watch.site(TransportOptions.defaults().withBuffers(8 * MIB, MIB));
        try (RawPeer peer = RawPeer.to(site)) {
            peer.greet(1);
            peer.readHandshake();
            Message.Append append = SampleMessages.append(SampleMessages.records(1, 1, MIB));

            for (int i = 0; i < 50 && site.told(Told.Disconnected.class).isEmpty(); i++) {
                site.run(() -> site.transport().send(peer.peer(), append));
            }

            assertThat(site.awaitTold(Told.Disconnected.class).reason())
                    .isEqualTo("more than 8388608 bytes wait to be sent: the other end reads too slowly");
        }
    }

    private void answerChunks(int bytes) {
        source.on((peer, message) -> {
            if (message instanceof Message.ChunkRequest request) {
                source.transport().send(peer, chunk(request.offset(), bytes));
            } else if (message instanceof Message.Heartbeat heartbeat) {
                source.transport()
                        .send(
                                peer,
                                new Message.HeartbeatAnswer(
                                        heartbeat.number(), 1, Standing.ZERO, 0, SyncPhase.INITIALISE, -1, 0));
            } else {
                source.remember(peer, message);
            }
        });
    }

    private void sendWhileWritable(Peer peer, AtomicLong sent) {
        while (source.transport().bulkWritable(peer)) {
            source.transport().send(peer, chunk(sent.getAndIncrement(), MIB));
            source.transport().flush();
        }
    }

    private static Hello bulkHello(RawPeer peer) {
        Hello hello = peer.hello();
        return new Hello(
                hello.version(),
                hello.features(),
                hello.group(),
                hello.groupId(),
                hello.site(),
                hello.dialled(),
                hello.incarnation(),
                ConnectionKind.BULK);
    }

    private static Message.Heartbeat heartbeat(long number) {
        return new Message.Heartbeat(number, 1, false, Standing.ZERO, 0, 0, SyncPhase.INITIALISE);
    }

    private static Message.ChunkRequest chunkRequest(long offset) {
        return new Message.ChunkRequest(1, CHECKPOINT, 0, offset, MIB);
    }

    private static Message.Chunk chunk(long offset, int bytes) {
        return new Message.Chunk(1, CHECKPOINT, 0, offset, 0, new byte[bytes]);
    }
}
