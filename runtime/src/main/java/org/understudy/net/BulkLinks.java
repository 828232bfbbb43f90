package org.understudy.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * The bulk connections that belong to one main connection: the one this site asks on, dialled when there is something to
 * ask, and the one it answers on, dialled by the other.
 */
final class BulkLinks implements Dial.Outcome {
    private static final int MAX_WAITING = 64;
    private static final int MAX_ATTEMPTS = 5;

    private final Station station;
    private final Peer peer;
    private final ConnectionId main;
    private final List<Message> waiting = new ArrayList<>();
    private final Backoff backoff;
    private Optional<BulkLink> asking = Optional.empty();
    private Optional<BulkLink> answering = Optional.empty();
    private Optional<Dial> dial = Optional.empty();
    private int attempts;
    private boolean paused;
    private boolean closed;

    BulkLinks(Station station, Peer peer, ConnectionId main) {
        this.station = station;
        this.peer = peer;
        this.main = main;
        this.backoff = station.backoff();
    }

    void send(Message message) {
        if (!isRequest(message)) {
            // Nobody waits for an answer whose connection is gone.
            answering.ifPresent(link -> link.connection().send(WireCodec.encode(message)));
        } else if (asking.isPresent()) {
            asking.get().connection().send(WireCodec.encode(message));
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(message);
            if (attempts == 0) {
                dial();
            }
        } else {
            lost(MAX_WAITING + " requests wait for a bulk connection already");
        }
    }

    /** Takes the connection on which the other site asks, in place of an older one. */
    void accept(Connection connection) {
        answering.ifPresent(old -> old.connection().close("replaced by a newer one"));
        answering = Optional.of(link(connection, this::answeringClosed));
    }

    /** Whether answers may go on. */
    boolean isWritable() {
        return answering.isEmpty() || answering.get().connection().isWritable();
    }

    /** Reads no further, also not on connections still to come. */
    void pause() {
        paused = true;
        connections().forEach(Connection::pause);
    }

    void resume() {
        paused = false;
        connections().forEach(Connection::resume);
    }

    /** Both connections, as far as they exist. */
    Stream<Connection> connections() {
        return Stream.concat(asking.stream(), answering.stream()).map(BulkLink::connection);
    }

    /** Closes all, because the main connection is gone. */
    void close(String reason) {
        closed = true;
        waiting.clear();
        dial.ifPresent(Dial::cancel);
        connections().toList().forEach(connection -> connection.close(reason));
    }

    @Override
    public void answered(Dial attempt, Connection connection, Greeting answer) {
        dial = Optional.empty();
        asking = Optional.of(link(connection, this::askingClosed));
        attempts = 0;
        backoff.reset();
        waiting.forEach(message -> connection.send(WireCodec.encode(message)));
        waiting.clear();
    }

    @Override
    public void failed(Dial attempt, String reason) {
        dial = Optional.empty();
        if (attempts >= MAX_ATTEMPTS) {
            lost("it could not be opened: " + reason);
        } else {
            station.timer(Duration.ofMillis(backoff.nextMillis()), this::dial);
        }
    }

    @Override
    public void busy(Dial attempt, String reason) {
        failed(attempt, reason);
    }

    private BulkLink link(Connection connection, BiConsumer<BulkLink, String> whenClosed) {
        BulkLink link = new BulkLink(station, peer, connection, whenClosed);
        connection.handOver(link);
        if (paused) {
            connection.pause();
        }
        return link;
    }

    private void dial() {
        if (!closed && dial.isEmpty()) {
            attempts++;
            Dial attempt = new Dial(station, peer.name(), ConnectionKind.BULK, main, this);
            dial = Optional.of(attempt);
            attempt.start();
        }
    }

    private void askingClosed(BulkLink link, String reason) {
        asking = Optional.empty();
        lost(reason);
    }

    private void answeringClosed(BulkLink link, String reason) {
        if (answering.filter(current -> current == link).isPresent()) {
            answering = Optional.empty();
            lost(reason);
        }
    }

    private void lost(String reason) {
        waiting.clear();
        attempts = 0;
        if (!closed) {
            station.log().bulkLost(station.localSite(), peer.name(), reason);
            station.tell(() -> station.listener().bulkLost(peer, reason));
        }
    }

    private static boolean isRequest(Message message) {
        return message instanceof Message.RangeRequest
                || message instanceof Message.CheckpointRequest
                || message instanceof Message.ChunkRequest
                || message instanceof Message.CheckpointDone;
    }
}
