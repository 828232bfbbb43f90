package org.understudy.net;

import org.understudy.protocol.Message;

/**
 * Messages as frames of bytes and back; plain Java, without state, for any thread.
 *
 * <p>A frame is {@code length(4) checksum(4) type(1) fields tail}, big-endian; the length counts what follows the
 * checksum; the CRC32C covers length, type and fields. Records travel in the tail as the bytes that are stored, with the
 * checksums they have (protocol.md §3), and are checked by them here. A checkpoint's chunk is checked by whoever writes it
 * to the disk, with the checksum the message carries.
 */
public final class WireCodec {
    private static final FrameCodec<Message> MESSAGES =
            new FrameCodec<>(WireLimits.MAX_FRAME_BYTES, MessageFormats.all());

    private WireCodec() {}

    /**
     * The frame of a message; records and chunks in it are not copied.
     *
     * @throws IllegalArgumentException when it would exceed {@link WireLimits#MAX_FRAME_BYTES}
     */
    public static WireFrame encode(Message message) {
        return MESSAGES.encode(message);
    }

    /**
     * The message of a whole frame. The array belongs to the message afterwards.
     *
     * @throws BadFrameException when these bytes are not exactly one frame
     */
    public static Message decode(byte[] frame) {
        return MESSAGES.decode(frame, 0, frame.length);
    }
}
