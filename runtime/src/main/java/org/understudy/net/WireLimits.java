package org.understudy.net;

/** The limits of what travels between sites, all in one place. */
public final class WireLimits {
    private static final int KIB = 1024;

    /** The most bytes of records or of a checkpoint's file that one message may carry. */
    public static final int MAX_PAYLOAD_BYTES = 16 * KIB * KIB;

    /** The largest frame: a full payload, and room for the fields before it. A larger one closes its connection. */
    public static final int MAX_FRAME_BYTES = MAX_PAYLOAD_BYTES + 64 * KIB;

    /** The largest frame on a connection for messages: the largest {@code max-message}, and room for the fields before it. */
    public static final int MAX_MESSAGE_FRAME_BYTES = 64 * KIB * KIB + 64 * KIB;

    /** The largest frame before the handshake is done, when the other end may be anybody. */
    public static final int MAX_HANDSHAKE_FRAME_BYTES = 4 * KIB;

    private WireLimits() {}
}
