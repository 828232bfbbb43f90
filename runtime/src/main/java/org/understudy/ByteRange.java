package org.understudy;

import java.util.Arrays;
import java.util.Optional;

/**
 * A range of encoded keys, compared as unsigned bytes.
 *
 * @param from the first key in it; without one, the range begins at the first there is
 * @param to the first key beyond it; without one, the range ends with the last there is
 */
public record ByteRange(Optional<byte[]> from, Optional<byte[]> to) {

    /** Every key. */
    public static final ByteRange ALL = new ByteRange(Optional.empty(), Optional.empty());

    /** Every key that begins with these bytes. */
    public static ByteRange prefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xFF) {
            last--;
        }
        if (last < 0) {
            return new ByteRange(Optional.of(prefix), Optional.empty());
        }
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return new ByteRange(Optional.of(prefix), Optional.of(end));
    }

    /** The very next key after this one. */
    public static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** Whether a key lies in this range. */
    public boolean contains(byte[] key) {
        return (from.isEmpty() || Arrays.compareUnsigned(from.get(), key) <= 0)
                && (to.isEmpty() || Arrays.compareUnsigned(key, to.get()) < 0);
    }

    /** Whether no key can lie in this range. */
    public boolean isEmpty() {
        return from.isPresent() && to.isPresent() && Arrays.compareUnsigned(from.get(), to.get()) >= 0;
    }
}
