package org.understudy.net;

import java.util.Arrays;

/**
 * An encoded frame in two parts, so that stored records are sent without a copy.
 *
 * @param head the frame up to its tail; belongs to this frame
 * @param tail the array that holds the tail; not to be written to
 * @param tailOffset where in it the tail begins
 * @param tailLength the tail's size; 0 for none
 */
public record WireFrame(byte[] head, byte[] tail, int tailOffset, int tailLength) {

    /** The whole frame's size in bytes. */
    public int length() {
        return head.length + tailLength;
    }

    /** The whole frame in an array of its own. */
    public byte[] toByteArray() {
        byte[] bytes = Arrays.copyOf(head, length());
        System.arraycopy(tail, tailOffset, bytes, head.length, tailLength);
        return bytes;
    }
}
