package org.understudy.net;

import io.netty.buffer.ByteBuf;

/**
 * Puts frames together from the pieces that arrive, each byte copied once, out of the socket's buffer into the array that
 * the message keeps.
 */
final class FrameAssembler {
    private static final byte[] NOTHING = {};

    private final byte[] prefix = new byte[Integer.BYTES];
    private int maxFrameBytes = WireLimits.MAX_HANDSHAKE_FRAME_BYTES;
    private byte[] frame = NOTHING;
    private int filled;

    /** Takes frames of up to this size from now on. */
    void handshakeDone(int maxBytes) {
        maxFrameBytes = maxBytes;
    }

    /**
     * Reads on, and tells whether a frame is whole, to be {@linkplain #take() taken} before the next call.
     *
     * @throws BadFrameException when a frame says it is larger than agreed; nothing was allocated for it
     */
    boolean read(ByteBuf in) {
        if (frame.length == 0 && !begin(in)) {
            return false;
        }
        int more = Math.min(in.readableBytes(), frame.length - filled);
        in.readBytes(frame, filled, more);
        filled += more;
        return filled == frame.length;
    }

    /** The whole frame, which now belongs to the caller. */
    byte[] take() {
        byte[] whole = frame;
        frame = NOTHING;
        filled = 0;
        return whole;
    }

    /** Whether part of a frame is here and the rest is not. */
    boolean isWaiting() {
        return filled > 0;
    }

    private boolean begin(ByteBuf in) {
        int more = Math.min(in.readableBytes(), Integer.BYTES - filled);
        in.readBytes(prefix, filled, more);
        filled += more;
        if (filled < Integer.BYTES) {
            return false;
        }
        int length = (prefix[0] & 0xFF) << 24 | (prefix[1] & 0xFF) << 16 | (prefix[2] & 0xFF) << 8 | prefix[3] & 0xFF;
        frame = new byte[FrameCodec.frameBytes(length, maxFrameBytes)];
        System.arraycopy(prefix, 0, frame, 0, filled);
        return true;
    }
}
