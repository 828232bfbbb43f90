package org.understudy.net;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;

/** What those connections of one site share that live on one event loop. On that loop only. */
final class Station {
    private final ContextInternal context;
    private final TransportOptions options;
    private final TransportListener listener;
    private final NetClient client;
    private final Turn turn;
    private final Notices notices;
    private final UUID process;
    private final RandomGenerator random = new Random();
    private final NetLog log = new NetLog(System.getLogger(Transport.class.getName()), System::nanoTime);
    private final Traffic traffic = new Traffic();
    private final Counts counts = new Counts();
    private final Set<Connection> open = new HashSet<>();
    private long dialled;
    private boolean closed;

    /** {@code process} tells this process of the site from its other ones. */
    Station(Vertx vertx, Context context, UUID process, TransportOptions options, TransportListener listener) {
        this.context = (ContextInternal) context;
        this.process = process;
        this.options = options;
        this.listener = listener;
        this.turn = new Turn(context);
        this.notices = new Notices(context);
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) options.connectTimeout().toMillis())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true));
    }

    /** Runs what a socket's event causes, as work of our context. */
    void dispatch(Runnable work) {
        ContextInternal before = context.beginDispatch();
        try {
            work.run();
        } finally {
            context.endDispatch(before);
        }
    }

    /** The context everything runs on. */
    ContextInternal context() {
        return context;
    }

    /** The loop everything runs on. */
    EventLoop eventLoop() {
        return context.nettyEventLoop();
    }

    /** Has this run in another turn, soon; may be called from elsewhere. */
    void later(Runnable work) {
        context.runOnContext(turn -> work.run());
    }

    /** Has this run once, later. */
    long timer(Duration delay, Runnable work) {
        return context.setTimer(Math.max(1, delay.toMillis()), due -> work.run());
    }

    void cancelTimer(long timer) {
        context.owner().cancelTimer(timer);
    }

    TransportOptions options() {
        return options;
    }

    TransportListener listener() {
        return listener;
    }

    NetClient client() {
        return client;
    }

    Turn turn() {
        return turn;
    }

    Notices notices() {
        return notices;
    }

    NetLog log() {
        return log;
    }

    Counts counts() {
        return counts;
    }

    Traffic traffic() {
        return traffic;
    }

    UUID process() {
        return process;
    }

    /** Tells the listener something, soon and in order; nothing any more once the transport is closed. */
    void tell(Runnable notice) {
        if (!closed) {
            notices.add(notice);
        }
    }

    Backoff backoff() {
        return new Backoff(options.connectionRetry(), options.connectionRetryMax(), random);
    }

    /** A name for a connection that is dialled now. */
    ConnectionId nextConnection() {
        return new ConnectionId(process, ++dialled);
    }

    /** What this site says of itself on such a connection. */
    Hello hello(String dialledSite, ConnectionKind kind) {
        Hello hello = listener.hello();
        return new Hello(
                hello.version(),
                hello.features(),
                hello.group(),
                hello.groupId(),
                hello.site(),
                dialledSite,
                hello.incarnation(),
                kind);
    }

    /** What this site answers to a greeting that it accepts. */
    Greeting answerTo(Greeting greeting) {
        return new Greeting(hello("", greeting.hello().kind()), process, greeting.number(), ConnectionId.NONE);
    }

    String localSite() {
        return listener.hello().site();
    }

    /** Whether there are as many connections as may be. */
    boolean isFull() {
        return open.size() >= options.maxConnections();
    }

    /** Takes a socket over. */
    Connection open(NetSocket socket, ConnectionOwner owner) {
        Connection connection = new Connection(socket, owner, this);
        open.add(connection);
        return connection;
    }

    /** Takes a connection over that was made elsewhere. */
    void add(Connection connection) {
        open.add(connection);
    }

    /** Forgets a connection that is closed, or not here any more. */
    void closed(Connection connection) {
        open.remove(connection);
    }

    /** Closes connections on which half a frame has been waiting for its other half for too long. */
    void closeStalled() {
        long now = System.nanoTime();
        long timeout = options.readTimeout().toNanos();
        open.stream()
                .filter(connection -> connection.isStalled(now, timeout))
                .toList()
                .forEach(connection ->
                        connection.close("the rest of a frame did not come within " + timeout / 1_000_000 + " ms"));
    }

    boolean isClosed() {
        return closed;
    }

    /** Nothing is read, dialled or accepted any more; the listener hears nothing more. */
    void quiet() {
        closed = true;
        notices.clear();
    }

    /** Closes everything that is open, and is {@link #quiet}. */
    void close() {
        quiet();
        Set.copyOf(open).forEach(connection -> connection.close("this site shuts down"));
    }
}
