package org.understudy;

/** The check of codecs whose values all have the same number of bytes. */
final class FixedLength {

    private FixedLength() {}

    static void require(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("Expected " + length + " bytes but there are " + bytes.length
                    + ": they were written by another codec");
        }
    }
}
