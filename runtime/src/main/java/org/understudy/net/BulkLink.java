package org.understudy.net;

import java.util.function.BiConsumer;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** A bulk connection that stands. */
final class BulkLink implements ConnectionOwner {
    private final Station station;
    private final Peer peer;
    private final Connection connection;
    private final BiConsumer<BulkLink, String> whenClosed;

    BulkLink(Station station, Peer peer, Connection connection, BiConsumer<BulkLink, String> whenClosed) {
        this.station = station;
        this.peer = peer;
        this.connection = connection;
        this.whenClosed = whenClosed;
    }

    @Override
    public void frame(Connection from, byte[] frame) {
        Message message = WireCodec.decode(frame);
        if (!message.isBulk()) {
            throw new BadFrameException("a " + message.getClass().getSimpleName() + " on the connection for bulk");
        }
        station.notices().tell();
        if (!from.isClosed()) {
            station.listener().received(peer, message);
        }
    }

    @Override
    public void closed(Connection gone, String reason) {
        whenClosed.accept(this, reason);
    }

    @Override
    public void drained(Connection relieved) {
        station.tell(() -> station.listener().bulkDrained(peer));
    }

    Connection connection() {
        return connection;
    }
}
