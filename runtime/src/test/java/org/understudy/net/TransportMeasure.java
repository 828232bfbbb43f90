package org.understudy.net;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.understudy.log.RecordBatch;
import org.understudy.protocol.Message;

/**
 * Measures round trips per second over loopback: an {@link Message.Append} of one record of 132 bytes, answered by an
 * {@link Message.Ack}, with 1, 8 and 64 under way; beside it plain Vert.x sockets that throw the same number of bytes to
 * and fro. Run by hand, with the seconds per figure as argument; only ratios within one run say anything.
 */
final class TransportMeasure {
    private static final int RECORD_BYTES = 132 - 25;
    private static final int APPEND_BYTES = 205;
    private static final int ACK_BYTES = 33;

    private TransportMeasure() {}

    public static void main(String[] args) throws InterruptedException {
        long seconds = args.length == 0 ? 3 : Long.parseLong(args[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        TestSite master = TestSite.start(vertx);
        TestSite client = TestSite.start(vertx);
        master.keepConnected(client);
        master.awaitConnected(client);
        client.awaitConnected(master);
        Plain plain = new Plain(vertx);
        for (int round = 1; round <= 3; round++) {
            for (int window : new int[] {1, 8, 64}) {
                System.out.printf(
                        "round %d, %2d under way: transport %s, plain sockets %s%n",
                        round, window, transport(master, client, window, seconds), plain.measure(window, seconds));
            }
        }
        master.close();
        client.close();
        vertx.close();
    }

    private static Figure transport(TestSite master, TestSite client, int window, long seconds)
            throws InterruptedException {
        RecordBatch records = SampleMessages.records(1, 1, RECORD_BYTES);
        Message append = SampleMessages.append(records);
        AtomicLong acked = new AtomicLong();
        client.on((peer, message) -> client.transport().send(peer, new Message.Ack(1, 2, 3)));
        master.on((peer, message) -> {
            acked.lazySet(acked.get() + 1);
            master.transport().send(peer, append);
        });
        master.run(() -> {
            for (int i = 0; i < window; i++) {
                master.transport().send(client.peer(), append);
            }
        });
        Figure figure = count(acked, seconds);
        CountDownLatch quiet = new CountDownLatch(window);
        master.on((peer, message) -> quiet.countDown());
        quiet.await();
        return figure;
    }

    private static Figure count(AtomicLong counter, long seconds) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        never.await(500, TimeUnit.MILLISECONDS);
        long before = counter.get();
        long start = System.nanoTime();
        long processor = processorNanos();
        never.await(seconds, TimeUnit.SECONDS);
        double done = counter.get() - before;
        return new Figure(done * 1e9 / (System.nanoTime() - start), (processorNanos() - processor) / done / 1000);
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Round trips, and what one costs both ends together. */
    private record Figure(double perSecond, double processorMicros) {
        @Override
        public String toString() {
            return "%,9.0f/s (%5.2f processor µs)".formatted(perSecond, processorMicros);
        }
    }

    /** The same bytes over Vert.x's own sockets, each message written by itself. */
    private static final class Plain {
        private final NetServer server;
        private final NetClient client;
        private final Context context;
        private final AtomicLong answered = new AtomicLong();
        private final Buffer append = Buffer.buffer(new byte[APPEND_BYTES]);
        private final NetSocket socket;
        private int received;
        private volatile boolean running;

        Plain(Vertx vertx) {
            Context serving = ((VertxInternal) vertx).createEventLoopContext();
            context = ((VertxInternal) vertx).createEventLoopContext();
            server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true));
            client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
            int port = on(serving, () -> server.connectHandler(Plain::answer).listen(0, "127.0.0.1"))
                    .actualPort();
            socket = on(context, () -> client.connect(port, "127.0.0.1"));
            on(context, () -> {
                socket.handler(this::answered);
                return Future.succeededFuture();
            });
        }

        private static <T> T on(Context context, Supplier<Future<T>> work) {
            Promise<T> promise = Promise.promise();
            context.runOnContext(turn -> work.get().onComplete(promise));
            return promise.future().toCompletionStage().toCompletableFuture().join();
        }

        private static void answer(NetSocket socket) {
            Buffer ack = Buffer.buffer(new byte[ACK_BYTES]);
            int[] received = {0};
            socket.handler(bytes -> {
                received[0] += bytes.length();
                for (; received[0] >= APPEND_BYTES; received[0] -= APPEND_BYTES) {
                    socket.write(ack);
                }
            });
        }

        private void answered(Buffer bytes) {
            received += bytes.length();
            for (; received >= ACK_BYTES; received -= ACK_BYTES) {
                answered.lazySet(answered.get() + 1);
                if (running) {
                    socket.write(append);
                }
            }
        }

        Figure measure(int window, long seconds) throws InterruptedException {
            running = true;
            context.runOnContext(turn -> {
                for (int i = 0; i < window; i++) {
                    socket.write(append);
                }
            });
            Figure figure = count(answered, seconds);
            running = false;
            return figure;
        }
    }
}
