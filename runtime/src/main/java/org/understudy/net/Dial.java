package org.understudy.net;

import io.vertx.core.AsyncResult;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import org.understudy.SiteAddress;
import org.understudy.net.Handshake.Busy;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.Handshake.Refusal;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;

/** One attempt to connect to a site, from the first packet to the greeting that comes back. */
final class Dial implements ConnectionOwner {

    /** How an attempt ends: exactly one of these, never from inside {@link #start}, and none after {@link #cancel}. */
    interface Outcome {
        /** The handshake passed; the connection still belongs to the dial. */
        void answered(Dial dial, Connection connection, Greeting answer);

        /** It failed or was refused. */
        void failed(Dial dial, String reason);

        /** The other end doesn't want this connection for a reason that passes. */
        void busy(Dial dial, String reason);
    }

    private final Station station;
    private final String site;
    private final ConnectionKind kind;
    private final ConnectionId known;
    private final Outcome outcome;
    private final ConnectionId id;
    private Optional<Connection> connection = Optional.empty();
    private Hello hello;
    private long timer;
    private boolean ended;

    Dial(Station station, String site, ConnectionKind kind, ConnectionId known, Outcome outcome) {
        this.station = station;
        this.site = site;
        this.kind = kind;
        this.known = known;
        this.outcome = outcome;
        this.id = station.nextConnection();
    }

    void start() {
        SiteAddress address;
        try {
            address = SiteAddress.parse(site);
        } catch (IllegalArgumentException wrong) {
            station.tell(() -> fail(wrong.getMessage()));
            return;
        }
        station.client().connect(address.port(), address.host()).onComplete(this::connected);
    }

    /** Gives the attempt up; no outcome follows. */
    void cancel() {
        ended = true;
        station.cancelTimer(timer);
        connection.ifPresent(made -> made.close("the attempt was given up"));
    }

    /** Whether our greeting is out and the answer is not here. */
    boolean hasGreeted() {
        return connection.isPresent() && !ended;
    }

    ConnectionId id() {
        return id;
    }

    @Override
    public void frame(Connection from, byte[] frame) {
        Handshake answer = HandshakeFormats.decode(frame);
        if (answer instanceof Greeting greeting) {
            answered(from, greeting);
        } else if (answer instanceof Refusal refusal) {
            station.log().refusedByOther(station.localSite(), site, refusal.reason());
            fail("refused: " + refusal.reason());
        } else if (answer instanceof Busy busy) {
            end();
            from.close(busy.reason());
            outcome.busy(this, busy.reason());
        } else {
            throw new BadFrameException("a " + answer.getClass().getSimpleName() + " where a greeting belongs");
        }
    }

    @Override
    public void closed(Connection gone, String reason) {
        fail(reason);
    }

    private void connected(AsyncResult<NetSocket> result) {
        if (result.failed()) {
            fail(result.cause().getMessage());
        } else if (ended || station.isClosed()) {
            result.result().close();
        } else if (result.result().localAddress().equals(result.result().remoteAddress())) {
            // The system may give a dial the very port it dials, if nobody listens there: TCP then joins it to itself.
            result.result().close();
            fail("nobody listens at " + site);
        } else {
            greet(result.result());
        }
    }

    private void greet(NetSocket socket) {
        Connection made = station.open(socket, this);
        connection = Optional.of(made);
        Duration patience = station.options().handshakeTimeout();
        timer = station.timer(
                patience, () -> made.close("no answer to the greeting within " + patience.toMillis() + " ms"));
        hello = station.hello(site, kind);
        made.send(HandshakeFormats.CODEC.encode(new Greeting(hello, station.process(), id.number(), known)));
    }

    private void answered(Connection from, Greeting answer) {
        Optional<String> refusal = Hello.refusal(hello, answer.hello());
        if (refusal.isEmpty() && !answer.hello().site().equals(site)) {
            refusal = Optional.of("site " + hello.site() + " dialled " + site + ", but there is "
                    + answer.hello().site() + ": a site's name must be exactly as the others write it");
        }
        if (refusal.isPresent()) {
            String reason = refusal.get();
            station.log().refusedByOther(station.localSite(), site, reason);
            fail(reason, HandshakeFormats.CODEC.encode(new Refusal(reason)));
            return;
        }
        end();
        outcome.answered(this, from, answer);
    }

    private void fail(String reason, WireFrame last) {
        if (!ended) {
            end();
            connection.ifPresent(made -> made.closeWith(last, reason));
            outcome.failed(this, reason);
        }
    }

    private void fail(String reason) {
        if (!ended) {
            end();
            connection.ifPresent(made -> made.close(reason));
            outcome.failed(this, reason);
        }
    }

    private void end() {
        ended = true;
        station.cancelTimer(timer);
    }
}
