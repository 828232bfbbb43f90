package org.understudy.net;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Peer;

/**
 * The connections for messages that belong to one main connection: the one this site sends on, dialled when there is
 * something to send, and the one it answers on, dialled by the other. Two, so that a site which reads no further requests
 * still reads the answers to its own.
 */
final class MessageLink implements MessageLine, Dial.Outcome, ConnectionOwner {
    private static final int MAX_ATTEMPTS = 5;

    private final Station station;
    private final MessageListener listener;
    private final Peer peer;
    private final ConnectionId main;
    private final Consumer<MessageLink> whenClosed;
    private final FrameQueue queue;
    private final Backoff backoff;
    private Optional<Connection> connection = Optional.empty();
    private Optional<AnswerLink> answering = Optional.empty();
    private Optional<Dial> dial = Optional.empty();
    private boolean pausing;
    private int attempts;
    private boolean closed;

    MessageLink(
            Station station, MessageListener listener, Peer peer, ConnectionId main, Consumer<MessageLink> whenClosed) {
        this.station = station;
        this.listener = listener;
        this.peer = peer;
        this.main = main;
        this.whenClosed = whenClosed;
        this.queue = new FrameQueue(station, this::flow);
        this.backoff = station.backoff();
    }

    // ---- any thread ----

    @Override
    public String site() {
        return peer.name();
    }

    @Override
    public Handed send(MessageFrame frame) {
        return queue.add(frame);
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    /** The main connection is gone. */
    void close(String reason) {
        queue.close();
        whenClosed.accept(this);
        station.later(() -> end(reason));
    }

    /** Takes the connection on which the other site sends, from the loop it was accepted on, in place of an older one. */
    void accept(Connection accepted, Greeting greeting) {
        accepted.moveTo(station, ConnectionOwner.NOBODY, moved -> answerOn(moved, greeting));
    }

    // ---- on the loop for messages ----

    private void answerOn(Connection moved, Greeting greeting) {
        if (closed) {
            moved.close("its main connection is gone");
            return;
        }
        answering.ifPresent(old -> old.close("replaced by a newer one"));
        moved.send(HandshakeFormats.CODEC.encode(station.answerTo(greeting)));
        AnswerLink link = new AnswerLink(station, listener, peer, moved);
        answering = Optional.of(link);
        moved.handOver(link);
        link.begin();
    }

    private void flow() {
        if (connection.isPresent()) {
            queue.flow(connection.get());
        } else if (!pausing) {
            dial();
        }
    }

    private void dial() {
        if (!closed && dial.isEmpty() && !queue.isEmpty()) {
            attempts++;
            Dial attempt = new Dial(station, peer.name(), ConnectionKind.MESSAGES, main, this);
            dial = Optional.of(attempt);
            attempt.start();
        }
    }

    @Override
    public void answered(Dial attempt, Connection made, Greeting answer) {
        dial = Optional.empty();
        attempts = 0;
        backoff.reset();
        made.handOver(this);
        connection = Optional.of(made);
        flow();
    }

    @Override
    public void failed(Dial attempt, String reason) {
        dial = Optional.empty();
        if (attempts >= MAX_ATTEMPTS) {
            lost("it could not be opened: " + reason, 0);
        } else {
            pausing = true;
            station.timer(Duration.ofMillis(backoff.nextMillis()), () -> {
                pausing = false;
                dial();
            });
        }
    }

    @Override
    public void busy(Dial attempt, String reason) {
        failed(attempt, reason);
    }

    @Override
    public void frame(Connection from, byte[] bytes) {
        MessageFrame frame = MessageCodec.decode(bytes);
        if (frame instanceof MessageFrame.Answer answer) {
            listener.answered(this, answer);
        } else if (frame instanceof MessageFrame.Unanswered unanswered) {
            listener.unanswered(this, unanswered);
        } else {
            throw new BadFrameException("a " + frame.getClass().getSimpleName() + " where answers come");
        }
    }

    @Override
    public int maxFrameBytes() {
        return WireLimits.MAX_MESSAGE_FRAME_BYTES;
    }

    @Override
    public void drained(Connection relieved) {
        queue.flow(relieved);
    }

    @Override
    public void closed(Connection gone, String reason) {
        connection = Optional.empty();
        lost(reason, gone.unsent());
    }

    private void end(String reason) {
        closed = true;
        dial.ifPresent(Dial::cancel);
        answering.ifPresent(link -> link.close(reason));
        Optional<Connection> standing = connection;
        if (standing.isPresent()) {
            standing.get().close(reason);
        } else {
            lost(reason, 0);
        }
    }

    private void lost(String reason, long unsent) {
        attempts = 0;
        long dropped = unsent + queue.clear();
        if (dropped > 0 || !closed) {
            station.log().messagesLost(station.localSite(), peer.name(), reason, dropped);
        }
        listener.lost(this, reason, dropped);
    }
}
