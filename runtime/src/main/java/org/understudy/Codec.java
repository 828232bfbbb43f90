package org.understudy;

/**
 * Turns values into bytes and back. Keys are ordered by their bytes, compared as unsigned: a key codec that keeps the
 * order of its values makes scans come in that order.
 *
 * <p>Implementations are used by many threads at once. For keys, equal values must give equal bytes.
 */
public interface Codec<T> {

    /**
     * The bytes of a value. The array belongs to the caller from then on.
     *
     * @throws IllegalArgumentException if the value has no such form
     */
    byte[] encode(T value);

    /**
     * The value of some bytes. The array may be kept.
     *
     * @throws IllegalArgumentException if they are no such form
     */
    T decode(byte[] bytes);
}
