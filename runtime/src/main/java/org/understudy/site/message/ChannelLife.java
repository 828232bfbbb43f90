package org.understudy.site.message;

/** Whether a channel, with all that were made from it, may still be used. */
final class ChannelLife {
    private volatile boolean closed;

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
