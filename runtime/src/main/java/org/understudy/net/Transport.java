package org.understudy.net;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.understudy.ConnectionStatus;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * Holds the connections between this site and others, and carries messages over them.
 *
 * <p>All of it runs on one Vert.x context. {@link #listen} and {@link #close} may be called from any thread, everything
 * else on that context only. The listener is never called from inside one of these methods.
 */
public final class Transport {
    private static final long STALL_CHECK_MILLIS = 500;
    private static final int MAX_IDLE_SITES = 256;

    private final Context context;
    private final Station station;
    private final MessageExchange exchange;
    private final Entrance entrance;
    private final Map<String, RemoteSite> sites = new HashMap<>();

    /** Sites with which nothing is under way: what they said last tells an old greeting from a new one. */
    private final Map<String, RemoteSite> idle = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RemoteSite> eldest) {
            return size() > MAX_IDLE_SITES;
        }
    };

    private final long stallTimer;

    /**
     * Made without a connection; neither listens nor dials yet.
     *
     * @param vertx this site's own: the servers of one Vert.x instance would share a port in silence; with two event loops,
     *     the second is for messages
     * @param messages told of what comes on the connections for messages, on an event loop of theirs
     */
    public Transport(
            Vertx vertx,
            Context context,
            TransportOptions options,
            TransportListener listener,
            MessageListener messages) {
        UUID process = UUID.randomUUID();
        this.context = context;
        this.station = new Station(vertx, context, process, options, listener);
        Context forMessages = ((VertxInternal) vertx).createEventLoopContext();
        this.exchange = new MessageExchange(new Station(vertx, forMessages, process, options, listener), messages);
        this.entrance = new Entrance(vertx, station, socket -> Reception.receive(station, socket, this::welcome));
        this.stallTimer = vertx.setPeriodic(STALL_CHECK_MILLIS, due -> {
            context.runOnContext(turn -> station.closeStalled());
            exchange.closeStalled();
        });
    }

    /**
     * Accepts connections.
     *
     * @param port 0 for any free one
     * @return the port; fails with a {@link ListenException}
     */
    public Future<Integer> listen(String host, int port) {
        Promise<Integer> listening = Promise.promise();
        context.runOnContext(turn -> entrance.open(host, port).onComplete(listening));
        return listening.future();
    }

    /**
     * Keeps trying to hold one connection to each of these sites. Connections dialled here to others are closed; those
     * that others made may stay.
     */
    public void keepConnected(Set<String> wanted) {
        List.copyOf(sites.values()).stream()
                .filter(site -> !wanted.contains(site.name()))
                .forEach(site -> site.want(false));
        wanted.forEach(name -> site(name).want(true));
    }

    /** Tries to connect to a site at once, unless it is connected or an attempt is under way; no later one follows. */
    public void connectNow(String site) {
        site(site).connectNow();
    }

    /** Sends a message, at the end of this turn or with {@link #flush}; dropped when the peer is not connected. */
    public void send(Peer to, Message message) {
        find(to).ifPresent(link -> link.send(message));
    }

    /** Lets everything leave that was sent in this turn. */
    public void flush() {
        station.turn().flush();
    }

    /** Closes the connection to a peer and tells it why; {@link TransportListener#disconnected} follows. */
    public void disconnect(Peer peer, String reason) {
        find(peer).ifPresent(link -> link.close(reason));
    }

    /** What {@link TransportListener#hello} says has changed: connections it refuses from now on are closed. */
    public void identityChanged() {
        Hello local = station.hello("", ConnectionKind.MAIN);
        List.copyOf(sites.values()).forEach(site -> site.main()
                .ifPresent(link -> Hello.refusal(local, link.hello()).ifPresent(link::close)));
    }

    /** Whether answers for this peer drain fast enough to go on; if not, {@link TransportListener#bulkDrained} tells when. */
    public boolean bulkWritable(Peer peer) {
        return find(peer).map(link -> link.bulk().isWritable()).orElse(true);
    }

    /** Reads no further on the peer's bulk connections. */
    public void pauseBulk(Peer peer) {
        find(peer).ifPresent(link -> link.bulk().pause());
    }

    /** Goes on reading. */
    public void resumeBulk(Peer peer) {
        find(peer).ifPresent(link -> link.bulk().resume());
    }

    /** The ways of messages to other sites. Any thread. */
    public MessageLines messages() {
        return exchange;
    }

    /** All connections together. */
    public ConnectionStatus status() {
        int established =
                (int) sites.values().stream().filter(RemoteSite::isConnected).count();
        Counts counts = station.counts();
        Traffic traffic = station.traffic();
        return new ConnectionStatus(
                established,
                counts.broken(),
                counts.tryFailed(),
                counts.refused(),
                traffic.bytesSent() + exchange.traffic().bytesSent(),
                traffic.bytesReceived() + exchange.traffic().bytesReceived());
    }

    /** Each connected peer. */
    public List<PeerTraffic> traffic() {
        return sites.values().stream()
                .flatMap(site -> site.main().stream())
                .map(Transport::traffic)
                .toList();
    }

    /**
     * Closes all connections and tells the others why. The listener hears nothing any more, and whatever is asked of this
     * transport from then on does nothing.
     */
    public Future<Void> close(String reason) {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(turn -> {
            context.owner().cancelTimer(stallTimer);
            station.quiet();
            // The others dial again at once when they are let go.
            entrance.shut().eventually(() -> letGo(reason)).onComplete(closed);
        });
        return closed.future();
    }

    private Future<Void> letGo(String reason) {
        List.copyOf(sites.values()).forEach(site -> site.close(reason));
        station.close();
        return Future.join(entrance.close(), station.client().close(), exchange.close())
                .mapEmpty();
    }

    private void welcome(Connection connection, Greeting greeting) {
        RemoteSite site = site(greeting.hello().site());
        switch (greeting.hello().kind()) {
            case MAIN -> site.accept(connection, greeting);
            case BULK -> site.acceptBulk(connection, greeting);
            case MESSAGES -> site.acceptMessages(connection, greeting);
        }
        site.forgetIfIdle();
    }

    private RemoteSite site(String name) {
        return sites.computeIfAbsent(name, this::recall);
    }

    private RemoteSite recall(String name) {
        RemoteSite known = idle.remove(name);
        return known == null ? new RemoteSite(station, exchange, name, this::rest) : known;
    }

    private void rest(RemoteSite site) {
        if (sites.remove(site.name(), site)) {
            idle.put(site.name(), site);
        }
    }

    private Optional<MainLink> find(Peer peer) {
        return Optional.ofNullable(sites.get(peer.name())).flatMap(site -> site.main(peer));
    }

    private static PeerTraffic traffic(MainLink link) {
        return new PeerTraffic(
                link.peer(),
                link.age(),
                link.standing().dialledHere(),
                link.connections().mapToLong(each -> each.traffic().bytesSent()).sum(),
                link.connections()
                        .mapToLong(each -> each.traffic().bytesReceived())
                        .sum(),
                link.connections().mapToLong(Connection::queuedBytes).sum());
    }
}
