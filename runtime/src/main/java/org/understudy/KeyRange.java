package org.understudy;

import java.util.Optional;

/** Which keys a scan goes through, in the order of their encoded bytes. */
public sealed interface KeyRange<K> {

    /** Every key. */
    static <K> KeyRange<K> all() {
        return new Bounded<>(Optional.empty(), true, Optional.empty(), false);
    }

    /** {@code from} and every key after it. */
    static <K> KeyRange<K> atLeast(K from) {
        return new Bounded<>(Optional.of(from), true, Optional.empty(), false);
    }

    /** Every key after {@code from}. */
    static <K> KeyRange<K> greaterThan(K from) {
        return new Bounded<>(Optional.of(from), false, Optional.empty(), false);
    }

    /** {@code to} and every key before it. */
    static <K> KeyRange<K> atMost(K to) {
        return new Bounded<>(Optional.empty(), true, Optional.of(to), true);
    }

    /** Every key before {@code to}. */
    static <K> KeyRange<K> lessThan(K to) {
        return new Bounded<>(Optional.empty(), true, Optional.of(to), false);
    }

    /** From {@code from} on, up to but without {@code to}. */
    static <K> KeyRange<K> between(K from, K to) {
        return new Bounded<>(Optional.of(from), true, Optional.of(to), false);
    }

    /** Between two keys, each of which belongs to the range or not. */
    static <K> KeyRange<K> between(K from, boolean fromInclusive, K to, boolean toInclusive) {
        return new Bounded<>(Optional.of(from), fromInclusive, Optional.of(to), toInclusive);
    }

    /** Every key whose encoded bytes begin with those of {@code prefix}: with {@link Codecs#STRING}, as text does. */
    static <K> KeyRange<K> prefix(K prefix) {
        return new Prefix<>(prefix);
    }

    /** The keys whose encoded bytes lie in a range. */
    static <K> KeyRange<K> encoded(ByteRange bytes) {
        return new Encoded<>(bytes);
    }

    /** This range as a codec's bytes. */
    ByteRange encodedBy(Codec<K> keys);

    /** What lies between two keys, either of which may be missing. */
    record Bounded<K>(Optional<K> from, boolean fromInclusive, Optional<K> to, boolean toInclusive)
            implements KeyRange<K> {

        @Override
        public ByteRange encodedBy(Codec<K> keys) {
            return new ByteRange(
                    from.map(keys::encode).map(key -> fromInclusive ? key : ByteRange.successor(key)),
                    to.map(keys::encode).map(key -> toInclusive ? ByteRange.successor(key) : key));
        }
    }

    /** What begins as a key does. */
    record Prefix<K>(K prefix) implements KeyRange<K> {

        @Override
        public ByteRange encodedBy(Codec<K> keys) {
            return ByteRange.prefix(keys.encode(prefix));
        }
    }

    /** What lies between given bytes. */
    record Encoded<K>(ByteRange bytes) implements KeyRange<K> {

        @Override
        public ByteRange encodedBy(Codec<K> keys) {
            return bytes;
        }
    }
}
