package org.understudy.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The address on which a site accepts connections. */
final class Entrance {
    private static final int ACCEPT_BACKLOG = 128;
    // A server that was closed in this process may keep its port for a moment longer.
    private static final int MAX_ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    private final Vertx vertx;
    private final Station station;
    private final Consumer<NetSocket> accepted;
    private Optional<NetServer> server = Optional.empty();

    Entrance(Vertx vertx, Station station, Consumer<NetSocket> accepted) {
        this.vertx = vertx;
        this.station = station;
        this.accepted = accepted;
    }

    /** Opens it; the port, or a {@link ListenException}, follows. */
    Future<Integer> open(String host, int port) {
        Promise<Integer> opened = Promise.promise();
        open(host, port, 1, opened);
        return opened.future();
    }

    Future<Void> close() {
        return server.map(NetServer::close).orElse(Future.succeededFuture());
    }

    private void open(String host, int port, int attempt, Promise<Integer> opened) {
        if (station.isClosed()) {
            opened.fail(new ListenException(host, port, new IllegalStateException("the transport is closed")));
            return;
        }
        NetServer made = vertx.createNetServer(new NetServerOptions()
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setReuseAddress(true)
                        .setAcceptBacklog(ACCEPT_BACKLOG))
                .connectHandler(accepted::accept);
        server = Optional.of(made);
        made.listen(port, host).onComplete(bound -> {
            if (bound.succeeded()) {
                opened.complete(made.actualPort());
            } else if (bound.cause() instanceof BindException && attempt < MAX_ATTEMPTS) {
                station.timer(BETWEEN_ATTEMPTS, () -> open(host, port, attempt + 1, opened));
            } else {
                opened.fail(new ListenException(host, port, bound.cause()));
            }
        });
    }
}
