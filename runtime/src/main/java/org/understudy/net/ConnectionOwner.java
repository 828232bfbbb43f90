package org.understudy.net;

/** Whoever a {@link Connection} belongs to: first the handshake, then one of the links between two sites. */
interface ConnectionOwner {

    /** Owns a connection that is closed in the same breath. */
    ConnectionOwner NOBODY = new ConnectionOwner() {
        @Override
        public void frame(Connection connection, byte[] frame) {
            throw new BadFrameException("a frame on a connection that was refused");
        }

        @Override
        public void closed(Connection connection, String reason) {
            // Whoever refused it knows.
        }
    };

    /** A whole frame arrived. May close the connection or give it to another owner; may throw {@link BadFrameException}. */
    void frame(Connection connection, byte[] frame);

    /** The connection is closed, by either end; told once, and nothing follows. */
    void closed(Connection connection, String reason);

    /** The largest frame that is taken once it belongs to this owner. */
    default int maxFrameBytes() {
        return WireLimits.MAX_FRAME_BYTES;
    }

    /** What waits to leave has become little again. */
    default void drained(Connection connection) {}
}
