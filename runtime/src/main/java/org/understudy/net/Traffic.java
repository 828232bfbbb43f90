package org.understudy.net;

/** Bytes counted both ways. */
final class Traffic {
    private long bytesSent;
    private long bytesReceived;

    void sent(long bytes) {
        bytesSent += bytes;
    }

    void received(long bytes) {
        bytesReceived += bytes;
    }

    long bytesSent() {
        return bytesSent;
    }

    long bytesReceived() {
        return bytesReceived;
    }
}
