package org.understudy.net;

import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.Handshake.Refusal;
import org.understudy.protocol.Hello;

/** An accepted connection until the other end has said who it is; whoever it may be, nothing but a greeting is read. */
final class Reception implements ConnectionOwner {
    private final Station station;
    private final BiConsumer<Connection, Greeting> welcome;
    private long timer;

    private Reception(Station station, BiConsumer<Connection, Greeting> welcome) {
        this.station = station;
        this.welcome = welcome;
    }

    /** Waits for the greeting on this socket; one that may come in goes to {@code welcome}. */
    static void receive(Station station, NetSocket socket, BiConsumer<Connection, Greeting> welcome) {
        if (station.isClosed()) {
            socket.close();
            return;
        }
        if (station.isFull()) {
            station.counts().countRefused();
            station.log().tooMany(station.localSite(), station.options().maxConnections());
            socket.close();
            return;
        }
        Reception reception = new Reception(station, welcome);
        Connection connection = station.open(socket, reception);
        Duration patience = station.options().handshakeTimeout();
        reception.timer = station.timer(
                patience, () -> connection.close("it did not say who it is within " + patience.toMillis() + " ms"));
    }

    @Override
    public void frame(Connection connection, byte[] frame) {
        if (!(HandshakeFormats.decode(frame) instanceof Greeting greeting)) {
            throw new BadFrameException("something else where a greeting belongs");
        }
        station.cancelTimer(timer);
        Hello remote = greeting.hello();
        Optional<String> refusal = Hello.refusal(station.hello("", remote.kind()), remote);
        if (refusal.isPresent()) {
            connection.closeWith(HandshakeFormats.CODEC.encode(new Refusal(refusal.get())), refusal.get());
        } else {
            welcome.accept(connection, greeting);
        }
    }

    @Override
    public void closed(Connection connection, String reason) {
        station.cancelTimer(timer);
        if (reason.equals(Connection.CLOSED_BY_OTHER)) {
            // A probe of the port, or a site whose attempt was overtaken by ours.
            return;
        }
        station.counts().countRefused();
        station.log().refusedIncoming(station.localSite(), connection.remoteAddress(), reason);
    }
}
