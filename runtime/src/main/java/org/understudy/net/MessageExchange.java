package org.understudy.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.protocol.Peer;

/**
 * The connections for messages of one site (protocol.md §10), on an event loop of their own, so that no flood of messages
 * delays heartbeats and records. Each belongs to a main connection: it may only stand while that does, so who may talk, and
 * who is gone, is decided there.
 */
final class MessageExchange implements MessageLines {
    private final Station station;
    private final MessageListener listener;
    private final Map<String, MessageLink> links = new ConcurrentHashMap<>();
    /** Sites whose release had no messages when they were last connected. */
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();

    /** {@code station} is of the loop for messages. */
    MessageExchange(Station station, MessageListener listener) {
        this.station = station;
        this.listener = listener;
    }

    @Override
    public Optional<MessageLine> find(String site) {
        return Optional.ofNullable(links.get(site));
    }

    @Override
    public Collection<MessageLine> all() {
        return List.copyOf(links.values());
    }

    @Override
    public boolean takesNone(String site) {
        return deaf.contains(site);
    }

    /** A main connection stands: messages may go, if the other end's release takes any. Any thread. */
    MessageLink open(Peer peer, ConnectionId main, boolean takesMessages) {
        MessageLink link = new MessageLink(station, listener, peer, main, this::forget);
        if (takesMessages) {
            deaf.remove(peer.name());
            links.put(peer.name(), link);
        } else {
            deaf.add(peer.name());
            links.remove(peer.name());
        }
        return link;
    }

    /** Any thread. */
    Traffic traffic() {
        return station.traffic();
    }

    /** Any thread. */
    void closeStalled() {
        station.later(station::closeStalled);
    }

    /** Closes every connection. Any thread; the main connections are closed before. */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        station.later(() -> {
            station.close();
            // What a connection's end leads to comes a turn later, and tells the loop that it was made on.
            station.later(closed::complete);
        });
        return Future.join(closed.future(), station.client().close()).mapEmpty();
    }

    private void forget(MessageLink link) {
        links.remove(link.site(), link);
    }
}
