package org.understudy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as UTF-8; what would not come back as it was is refused. */
final class StringCodec implements Codec<String> {

    /** What the JDK puts in place of bytes that are no UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public byte[] encode(String text) {
        if (hasSurrogates(text)) {
            requireWellFormed(text);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes);
        }
        return text;
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static void requireWellFormed(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The text has half of a surrogate pair, which UTF-8 cannot hold", e);
        }
    }

    private static void requireWellFormed(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The bytes are no UTF-8: they were not written as text", e);
        }
    }
}
