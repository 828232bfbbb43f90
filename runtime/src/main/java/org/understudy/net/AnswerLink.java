package org.understudy.net;

import org.understudy.protocol.Peer;

/** The connection on which another site sends messages, and gets its answers. */
final class AnswerLink implements AnswerLine, ConnectionOwner {
    private final Station station;
    private final MessageListener listener;
    private final Peer peer;
    private final Connection connection;
    private final FrameQueue queue;
    private MessageListener.Incoming incoming;

    AnswerLink(Station station, MessageListener listener, Peer peer, Connection connection) {
        this.station = station;
        this.listener = listener;
        this.peer = peer;
        this.connection = connection;
        this.queue = new FrameQueue(station, this::flow);
    }

    /** Says that it is open. On the loop, before anything is read. */
    void begin() {
        incoming = listener.opened(this);
    }

    @Override
    public String site() {
        return peer.name();
    }

    @Override
    public Handed send(MessageFrame frame) {
        return queue.add(frame);
    }

    @Override
    public void pause() {
        station.later(connection::pause);
    }

    @Override
    public void resume() {
        station.later(connection::resume);
    }

    @Override
    public void frame(Connection from, byte[] bytes) {
        MessageFrame frame = MessageCodec.decode(bytes);
        if (frame instanceof MessageFrame.Post post) {
            incoming.posted(post);
        } else if (frame instanceof MessageFrame.Withdrawal withdrawal) {
            incoming.withdrawn(withdrawal);
        } else {
            throw new BadFrameException("a " + frame.getClass().getSimpleName() + " where messages come");
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
        queue.close();
        incoming.closed(gone.unsent() + queue.clear());
    }

    /** Closes it. On the loop. */
    void close(String reason) {
        connection.close(reason);
    }

    private void flow() {
        queue.flow(connection);
    }
}
