package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A site opens and closes its port while others dial it without a pause. */
class EntranceTest {
    private static final int ROUNDS = 40;
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<String> warned = new CopyOnWriteArrayList<>();

    @BeforeEach
    void hear_of_connections_that_nobody_takes() {
        VertxUnderWatch.NETTY_LOG.setFilter(record -> !warned.add(record.getMessage() + ": " + record.getThrown()));
    }

    @AfterEach
    void hear_no_more() {
        VertxUnderWatch.NETTY_LOG.setFilter(null);
    }

    @Test
    void nobody_comes_in_while_the_port_opens_or_closes() throws InterruptedException {
        String name = "127.0.0.1:" + FreePort.next();
        int port = Integer.parseInt(name.substring(name.indexOf(':') + 1));
        TestSite neighbour = watch.site(TransportOptions.defaults().withConnectionRetry(AT_ONCE, AT_ONCE));
        Thread[] strangers =
                Stream.generate(() -> new Thread(() -> dial(port))).limit(2).toArray(Thread[]::new);
        try {
            Stream.of(strangers).forEach(Thread::start);
            for (int round = 0; round < ROUNDS; round++) {
                try (TestSite site =
                        TestSite.restart(watch.vertx(), name, UUID.randomUUID(), TransportOptions.defaults())) {
                    neighbour.keepConnected(site);
                    neighbour.awaitConnected(site);
                }
            }
        } finally {
            over.set(true);
            for (Thread stranger : strangers) {
                stranger.join();
            }
        }
        assertThat(warned).isEmpty();
    }

    private void dial(int port) {
        while (!over.get()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                // Between two rounds.
                continue;
            }
        }
    }
}
