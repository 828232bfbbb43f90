package org.understudy.net;

import java.time.Duration;
import java.util.stream.Stream;
import org.understudy.net.Handshake.Goodbye;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** The one main connection to a site, from the handshake to its end. */
final class MainLink implements ConnectionOwner {
    private final Station station;
    private final RemoteSite remote;
    private final Connection connection;
    private final Peer peer;
    private final Hello hello;
    private final Crossing.Standing standing;
    private final BulkLinks bulk;
    private final MessageLink messages;
    private final long sinceNanos = System.nanoTime();

    MainLink(
            Station station,
            MessageExchange exchange,
            RemoteSite remote,
            Connection connection,
            Greeting greeting,
            Crossing.Standing standing) {
        this.station = station;
        this.remote = remote;
        this.connection = connection;
        this.hello = greeting.hello();
        this.peer = new Peer(hello.site(), hello.incarnation());
        this.standing = standing;
        this.bulk = new BulkLinks(station, peer, standing.id());
        this.messages = exchange.open(peer, standing.id(), hello.can(Hello.MESSAGES));
    }

    @Override
    public void frame(Connection from, byte[] frame) {
        if (HandshakeFormats.isHandshake(frame)) {
            Handshake end = HandshakeFormats.decode(frame);
            if (!(end instanceof Goodbye goodbye)) {
                throw new BadFrameException("a " + end.getClass().getSimpleName() + " on a connection that is in use");
            }
            from.close("site " + peer.name() + " closed the connection: " + goodbye.reason());
            return;
        }
        Message message = WireCodec.decode(frame);
        if (message.isBulk()) {
            throw new BadFrameException(
                    "a " + message.getClass().getSimpleName() + " outside of the connection for bulk");
        }
        station.notices().tell();
        if (!from.isClosed()) {
            station.listener().received(peer, message);
        }
    }

    @Override
    public void closed(Connection gone, String reason) {
        bulk.close(reason);
        messages.close(reason);
        remote.mainClosed(this, reason);
    }

    void send(Message message) {
        if (message.isBulk()) {
            bulk.send(message);
        } else {
            connection.send(WireCodec.encode(message));
        }
    }

    /** Closes it; the other end is told why. */
    void close(String reason) {
        connection.closeWith(HandshakeFormats.CODEC.encode(new Goodbye(reason)), reason);
    }

    Peer peer() {
        return peer;
    }

    /** What the other end said of itself. */
    Hello hello() {
        return hello;
    }

    Crossing.Standing standing() {
        return standing;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    BulkLinks bulk() {
        return bulk;
    }

    /** The messages that belong to it. */
    MessageLink messages() {
        return messages;
    }

    /** This connection and those for bulk. */
    Stream<Connection> connections() {
        return Stream.concat(Stream.of(connection), bulk.connections());
    }
}
