package org.understudy;

import java.util.Arrays;

/** The bytes of a part of a key that others follow: zeros as {@code 00 FF}, then {@code 00 00}. */
final class KeyPart {

    static final byte[] NOTHING = {};

    private static final byte ESCAPED = (byte) 0xFF;
    private static final int TERMINATOR = 2;

    private KeyPart() {}

    /** A part and its end, and then what follows as it is. */
    static byte[] escape(byte[] part, byte[] following) {
        int zeros = 0;
        for (byte b : part) {
            zeros += b == 0 ? 1 : 0;
        }
        int end = part.length + zeros + TERMINATOR;
        byte[] bytes = new byte[end + following.length];
        int at = 0;
        for (byte b : part) {
            bytes[at++] = b;
            if (b == 0) {
                bytes[at++] = ESCAPED;
            }
        }
        System.arraycopy(following, 0, bytes, end, following.length);
        return bytes;
    }

    /** Where the first part's end begins. */
    static int end(byte[] bytes) {
        for (int at = 0; at + 1 < bytes.length; at++) {
            if (bytes[at] == 0) {
                if (bytes[at + 1] == 0) {
                    return at;
                }
                if (bytes[at + 1] != ESCAPED) {
                    break;
                }
                at++;
            }
        }
        throw new IllegalArgumentException("The bytes are no key of several parts: they were written by another codec");
    }

    /** The part that ends there. */
    static byte[] unescape(byte[] bytes, int end) {
        byte[] part = new byte[end];
        int length = 0;
        for (int at = 0; at < end; at++) {
            part[length++] = bytes[at];
            if (bytes[at] == 0) {
                at++;
            }
        }
        return length == end ? part : Arrays.copyOf(part, length);
    }

    /** What follows the part that ends there. */
    static byte[] rest(byte[] bytes, int end) {
        return Arrays.copyOfRange(bytes, end + TERMINATOR, bytes.length);
    }
}
