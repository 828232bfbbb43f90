package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert;

/** Bytes that are not what a decoder expects: cut short, with flipped bits, or made up. */
final class Garbage {
    private static final int TRIES = 2000;

    /** What is done with the bytes. */
    interface Decoder {
        Object decode(byte[] bytes);
    }

    private Garbage() {}

    /** Every attempt yields a value or the named exception, never anything else. */
    static void assertRefused(byte[] good, Class<? extends RuntimeException> refusal, Decoder decoder) {
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatCode(() -> decoder.decode(cut)).isInstanceOf(refusal);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < TRIES; i++) {
            byte[] flipped = good.clone();
            flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
            assertValueOr(refusal, () -> decoder.decode(flipped));
            byte[] madeUp = new byte[random.nextInt(200)];
            random.nextBytes(madeUp);
            assertValueOr(refusal, () -> decoder.decode(madeUp));
        }
    }

    private static void assertValueOr(
            Class<? extends RuntimeException> refusal, ThrowableAssert.ThrowingCallable attempt) {
        Throwable thrown = ThrowableAssert.catchThrowable(attempt);
        if (thrown != null && !refusal.isInstance(thrown)) {
            throw new AssertionError("refused by another exception than " + refusal.getSimpleName(), thrown);
        }
    }
}
