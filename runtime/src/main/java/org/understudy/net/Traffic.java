package org.understudy.net;

/** Bytes counted both ways, by one thread; any may read. */
final class Traffic {
    private volatile long bytesSent;
    private volatile long bytesReceived;

    void sent(long bytes) {
        bytesSent = bytesSent + bytes;
    }

    void received(long bytes) {
        bytesReceived = bytesReceived + bytes;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }
}
