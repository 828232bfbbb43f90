package org.understudy.net;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** A site that has nothing but a transport: it remembers what it is told, and can be told what to do with messages. */
final class TestSite implements TransportListener, AutoCloseable {
    static final UUID GROUP = new UUID(7, 7);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Something the transport told. */
    sealed interface Told {
        record Connected(Peer peer, UUID groupId) implements Told {}

        record Disconnected(Peer peer, String reason) implements Told {}

        record ConnectFailed(String site, String reason) implements Told {}

        record Received(Peer peer, Message message) implements Told {}

        record BulkLost(Peer peer, String reason) implements Told {}

        record BulkDrained(Peer peer) implements Told {}
    }

    private final Context context;
    private final Transport transport;
    private final String name;
    private final UUID incarnation;
    private final TestPost post = new TestPost();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile Hello hello;
    private volatile BiConsumer<Peer, Message> onMessage;

    private TestSite(Vertx vertx, String name, UUID incarnation, TransportOptions options) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.name = name;
        this.incarnation = incarnation;
        this.hello =
                new Hello(Hello.VERSION, Hello.FEATURES, "quotes", GROUP, name, "", incarnation, ConnectionKind.MAIN);
        this.onMessage = this::remember;
        this.transport = new Transport(vertx, context, options, this, post);
    }

    /** A site that listens on a port of its own choice. */
    static TestSite start(Vertx vertx) {
        return start(vertx, TransportOptions.defaults());
    }

    static TestSite start(Vertx vertx, TransportOptions options) {
        return restart(vertx, "127.0.0.1:" + FreePort.next(), UUID.randomUUID(), options);
    }

    static TestSite restart(Vertx vertx, String name, UUID incarnation, TransportOptions options) {
        TestSite site = new TestSite(vertx, name, incarnation, options);
        try {
            site.listen();
            return site;
        } catch (RuntimeException e) {
            // What a failed attempt leaves to do on an event loop is done before that ends.
            site.close();
            throw e;
        }
    }

    private void listen() {
        get(transport.listen("127.0.0.1", port()).toCompletionStage().toCompletableFuture());
    }

    int port() {
        return Integer.parseInt(name.substring(name.indexOf(':') + 1));
    }

    String name() {
        return name;
    }

    UUID incarnation() {
        return incarnation;
    }

    Peer peer() {
        return new Peer(name, incarnation);
    }

    void says(Hello other) {
        hello = other;
    }

    /** Remembers a message of this peer's; for handlers that want some only. */
    void remember(Peer peer, Message message) {
        told.add(new Told.Received(peer, message));
    }

    void on(BiConsumer<Peer, Message> handler) {
        onMessage = handler;
    }

    /** For use on the site's own context. */
    Transport transport() {
        return transport;
    }

    /** What comes on its connections for messages. */
    TestPost post() {
        return post;
    }

    void keepConnected(TestSite... others) {
        Set<String> names = Set.copyOf(Stream.of(others).map(TestSite::name).toList());
        run(() -> transport.keepConnected(names));
    }

    void connectNow(TestSite other) {
        run(() -> transport.connectNow(other.name()));
    }

    void send(TestSite other, Message... messages) {
        run(() -> Stream.of(messages).forEach(message -> transport.send(other.peer(), message)));
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return Optional.empty();
        });
    }

    /** Has this run on the site's context, and doesn't wait for it. */
    void post(Runnable work) {
        context.runOnContext(turn -> work.run());
    }

    /** Runs this on the site's context and returns what it returns. */
    <T> T call(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(turn -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return get(result);
    }

    List<Told> told() {
        return told;
    }

    <T extends Told> List<T> told(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Message> received() {
        return told(Told.Received.class).stream().map(Told.Received::message).toList();
    }

    <T extends Told> T awaitTold(Class<T> type) {
        return awaitTold(type, 1).get(0);
    }

    <T extends Told> List<T> awaitTold(Class<T> type, int count) {
        awaitThat(() -> told(type).size() >= count);
        return told(type);
    }

    /** Waits until this site holds a connection to the other. */
    void awaitConnected(TestSite other) {
        awaitThat(() -> isConnected(other));
    }

    void awaitDisconnected(TestSite other) {
        awaitThat(() -> !isConnected(other));
    }

    /** Waits until this holds. */
    static void awaitThat(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .until(condition);
    }

    boolean isConnected(TestSite other) {
        boolean connected = false;
        for (Told each : told) {
            if (each instanceof Told.Connected up && up.peer().equals(other.peer())) {
                connected = true;
            } else if (each instanceof Told.Disconnected down && down.peer().equals(other.peer())) {
                connected = false;
            }
        }
        return connected;
    }

    @Override
    public Hello hello() {
        return hello;
    }

    @Override
    public void connected(Peer peer, Hello said) {
        told.add(new Told.Connected(peer, said.groupId()));
    }

    @Override
    public void disconnected(Peer peer, String reason) {
        told.add(new Told.Disconnected(peer, reason));
    }

    @Override
    public void connectFailed(String site, String reason) {
        told.add(new Told.ConnectFailed(site, reason));
    }

    @Override
    public void received(Peer peer, Message message) {
        onMessage.accept(peer, message);
    }

    @Override
    public void bulkLost(Peer peer, String reason) {
        told.add(new Told.BulkLost(peer, reason));
    }

    @Override
    public void bulkDrained(Peer peer) {
        told.add(new Told.BulkDrained(peer));
    }

    @Override
    public void close() {
        get(transport.close("site " + name + " stops").toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
