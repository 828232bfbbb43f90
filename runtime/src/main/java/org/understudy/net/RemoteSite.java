package org.understudy.net;

import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.net.Handshake.Busy;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.Peer;

/** One other site: the attempts to reach it, the main connection, and the bulk connections that belong to that. */
final class RemoteSite {
    private final Station station;
    private final MessageExchange exchange;
    private final String name;
    private final Consumer<RemoteSite> whenIdle;
    private final Dialler dialler;
    private ConnectionId lastAccepted = ConnectionId.NONE;
    private Optional<MainLink> main = Optional.empty();
    private Optional<Crossing.Standing> gone = Optional.empty();

    RemoteSite(Station station, MessageExchange exchange, String name, Consumer<RemoteSite> whenIdle) {
        this.station = station;
        this.exchange = exchange;
        this.name = name;
        this.whenIdle = whenIdle;
        this.dialler = new Dialler(station, this);
    }

    String name() {
        return name;
    }

    boolean isConnected() {
        return main.isPresent();
    }

    /** The last connection of that site's own that was taken here. */
    ConnectionId lastAccepted() {
        return lastAccepted;
    }

    /** Whether a connection is to be held. One that was dialled here is closed when not; one they made may stay. */
    void want(boolean wanted) {
        boolean givenUp = dialler.isWanted() && !wanted;
        dialler.want(wanted);
        if (givenUp) {
            main.filter(link -> link.standing().dialledHere())
                    .ifPresent(link -> link.close(
                            "site " + station.localSite() + " needs no connection to " + name + " any more"));
        }
        forgetIfIdle();
    }

    void connectNow() {
        dialler.dial();
    }

    /** Decides on a connection that this site dialled. */
    void accept(Connection connection, Greeting greeting) {
        String local = station.localSite();
        if (!Crossing.takes(local, greeting, dialler.hasGreeted(), main.map(MainLink::standing), gone)) {
            refuse(connection, "there is another connection between " + local + " and " + name);
            return;
        }
        lastAccepted = new ConnectionId(greeting.process(), greeting.number());
        answer(connection, greeting);
        establish(connection, greeting, lastAccepted, false);
    }

    /** Decides on a bulk connection that this site dialled. */
    void acceptBulk(Connection connection, Greeting greeting) {
        Optional<MainLink> link = main.filter(current -> current.standing().id().equals(greeting.known()));
        if (link.isPresent()) {
            answer(connection, greeting);
            link.get().bulk().accept(connection);
        } else {
            refuse(connection, "its main connection to " + station.localSite() + " does not stand");
        }
    }

    /** Decides on a connection for messages that this site dialled. */
    void acceptMessages(Connection connection, Greeting greeting) {
        Optional<MainLink> link = main.filter(current -> current.standing().id().equals(greeting.known()));
        if (link.isPresent()) {
            link.get().messages().accept(connection, greeting);
        } else {
            refuse(connection, "its main connection to " + station.localSite() + " does not stand");
        }
    }

    /** The handshake passed: this is the main connection now. */
    void establish(Connection connection, Greeting greeting, ConnectionId id, boolean dialledHere) {
        dialler.abandon();
        Crossing.Standing standing = new Crossing.Standing(id, greeting.process(), dialledHere);
        MainLink link = new MainLink(station, exchange, this, connection, greeting, standing);
        Optional<MainLink> old = main;
        main = Optional.of(link);
        connection.handOver(link);
        old.ifPresent(replaced -> replaced.close("replaced by a newer connection"));
        station.log().connected(station.localSite(), name);
        station.tell(() -> station.listener().connected(link.peer(), greeting.hello()));
    }

    void mainClosed(MainLink link, String reason) {
        station.counts().countBroken();
        station.log().disconnected(station.localSite(), name, reason);
        station.tell(() -> station.listener().disconnected(link.peer(), reason));
        if (main.filter(current -> current == link).isPresent()) {
            gone = Optional.of(link.standing());
            main = Optional.empty();
            dialler.lost(link.age());
            forgetIfIdle();
        }
    }

    /** The main connection, if it is to this very peer. */
    Optional<MainLink> main(Peer peer) {
        return main.filter(link -> link.peer().equals(peer));
    }

    Optional<MainLink> main() {
        return main;
    }

    void forgetIfIdle() {
        if (main.isEmpty() && dialler.isIdle()) {
            whenIdle.accept(this);
        }
    }

    /** Gives up everything. */
    void close(String reason) {
        dialler.want(false);
        main.ifPresent(link -> link.close(reason));
    }

    private void answer(Connection connection, Greeting greeting) {
        connection.send(HandshakeFormats.CODEC.encode(station.answerTo(greeting)));
    }

    private static void refuse(Connection connection, String reason) {
        connection.handOver(ConnectionOwner.NOBODY);
        connection.closeWith(HandshakeFormats.CODEC.encode(new Busy(reason)), reason);
    }
}
