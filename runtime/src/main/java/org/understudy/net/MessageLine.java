package org.understudy.net;

/** The way of messages to one other site, as long as one main connection to it stands. Any thread; nothing blocks. */
public interface MessageLine {

    /** Whereto. */
    String site();

    /** Sends a frame behind all others; it may still be lost with the connection. */
    Handed send(MessageFrame frame);

    /** What waits to leave. */
    long queuedBytes();
}
