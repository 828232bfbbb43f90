package org.understudy.simulation;

import org.understudy.net.WireCodec;
import org.understudy.protocol.Message;

/** Turns messages into the bytes that production sends, and back. */
final class Wire {
    private Wire() {}

    static byte[] encode(Message message) {
        return WireCodec.encode(message).toByteArray();
    }

    static Message decode(byte[] bytes) {
        return WireCodec.decode(bytes);
    }
}
