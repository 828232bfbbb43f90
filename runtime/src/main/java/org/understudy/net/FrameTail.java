package org.understudy.net;

/**
 * Bytes at the end of a frame that carry checksums of their own, a view of the array they came from.
 *
 * @param array not to be written to
 * @param offset where the tail begins
 * @param length its size
 */
record FrameTail(byte[] array, int offset, int length) {
    static final FrameTail NONE = new FrameTail(new byte[0], 0, 0);
}
