package org.understudy.net;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetServerInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The address on which a site accepts connections.
 *
 * <p>Vert.x has nobody to give a connection to that comes in before it has the server's handler, or after it has let go of
 * it: Netty closes such a connection and warns of it with a stack trace. So the port is opened and closed in such an order
 * that none can come in then.
 */
final class Entrance {
    private static final int ACCEPT_BACKLOG = 128;
    // A server that was closed in this process may keep its port for a moment longer.
    private static final int MAX_ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    private final VertxInternal vertx;
    private final Station station;
    private final Consumer<NetSocket> accepted;
    private Optional<NetServer> server = Optional.empty();

    /** What accepts for it, known since somebody came in. */
    private Optional<Channel> acceptor = Optional.empty();

    Entrance(Vertx vertx, Station station, Consumer<NetSocket> accepted) {
        this.vertx = (VertxInternal) vertx;
        this.station = station;
        this.accepted = accepted;
    }

    /** Opens it; the port, or a {@link ListenException}, follows. */
    Future<Integer> open(String host, int port) {
        Promise<Integer> opened = Promise.promise();
        open(host, port, 1, opened);
        return opened.future();
    }

    /** Lets nobody in any more; the others' dials are refused. Those who are in stay. */
    Future<Void> shut() {
        return acceptor.map(this::shut).orElseGet(this::close);
    }

    /** Closes it, and the connections of those who are in. */
    Future<Void> close() {
        return server.map(NetServer::close).orElse(Future.succeededFuture());
    }

    private Future<Void> shut(Channel accepting) {
        PromiseInternal<Void> shut = station.context().promise();
        accepting.close().addListener(shut);
        return shut.future();
    }

    private void accept(NetSocket socket) {
        if (acceptor.isEmpty()) {
            acceptor = Optional.of(((NetSocketInternal) socket)
                    .channelHandlerContext()
                    .channel()
                    .parent());
        }
        accepted.accept(socket);
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
                .connectHandler(this::accept);
        server = Optional.of(made);
        listen(made, SocketAddress.inetSocketAddress(port, host)).onComplete(bound -> {
            if (bound.succeeded()) {
                opened.complete(made.actualPort());
            } else if (bound.cause() instanceof BindException && attempt < MAX_ATTEMPTS) {
                station.timer(BETWEEN_ATTEMPTS, () -> open(host, port, attempt + 1, opened));
            } else {
                opened.fail(new ListenException(host, port, bound.cause()));
            }
        });
    }

    /** On the thread that accepts, which then can't do so before Vert.x has the handler. */
    private Future<NetServer> listen(NetServer made, SocketAddress address) {
        Promise<NetServer> bound = station.context().promise();
        vertx.acceptorEventLoopGroup().next().execute(() -> ((NetServerInternal) made)
                .listen(station.context(), address)
                .onComplete(bound));
        return bound.future();
    }
}
