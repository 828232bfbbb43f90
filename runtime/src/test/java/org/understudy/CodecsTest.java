package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodecsTest {

    private static final List<String> TEXTS =
            List.of("", "\0", "\0\0", "\0a", "\1", "a", "a\0", "a\0\0", "a\0b", "a\1", "aa", "b", "é", "\uFFFF", "😀");
    private static final List<Long> LONGS = List.of(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE);

    /** Which {@link String#compareTo} is not, where there are surrogates. */
    private static final Comparator<String> BY_CODE_POINT = (left, right) ->
            Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());

    /** A key of two parts. */
    private record Reading(String sensor, long time) {}

    private static final PairCodec<String, Long, Reading> READINGS =
            Codecs.composite(Codecs.STRING, Codecs.LONG, Reading::new, Reading::sensor, Reading::time);

    @Test
    void values_come_back_as_they_were() {
        TEXTS.forEach(text -> assertComesBack(Codecs.STRING, text));
        LONGS.forEach(number -> assertComesBack(Codecs.LONG, number));
        Stream.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE).forEach(n -> assertComesBack(Codecs.INTEGER, n));
        assertComesBack(Codecs.UUID, UUID.fromString("0190a5a0-7c1e-7def-8abc-0123456789ab"));
        assertThat(Codecs.BYTES.decode(Codecs.BYTES.encode(new byte[] {0, -1}))).containsExactly(0, -1);
        TEXTS.forEach(text -> LONGS.forEach(number -> assertComesBack(READINGS, new Reading(text, number))));
    }

    @Test
    void keys_keep_the_order_of_their_values() {
        assertKeepsOrder(Codecs.STRING, TEXTS, BY_CODE_POINT);
        assertKeepsOrder(Codecs.LONG, LONGS, Comparator.naturalOrder());
        assertKeepsOrder(
                Codecs.INTEGER, List.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE), Comparator.naturalOrder());
        assertKeepsOrder(Codecs.UUID, randomUuids(), Comparator.comparing(UUID::toString));
        assertKeepsOrder(Codecs.BYTES, List.of(new byte[0], new byte[] {1}, new byte[] {-1}), Arrays::compareUnsigned);
    }

    @Test
    void composite_keys_are_ordered_by_their_first_part_and_then_by_their_second() {
        List<Reading> readings = TEXTS.stream()
                .flatMap(text -> LONGS.stream().map(number -> new Reading(text, number)))
                .toList();
        assertKeepsOrder(
                READINGS,
                readings,
                Comparator.comparing(Reading::sensor, BY_CODE_POINT).thenComparing(Reading::time));
    }

    @Test
    void composite_keys_nest_and_keep_their_order() {
        PairCodec<Entry<String, String>, String, Entry<Entry<String, String>, String>> nested =
                Codecs.composite(Codecs.composite(Codecs.STRING, Codecs.STRING), Codecs.STRING);
        List<Entry<Entry<String, String>, String>> keys = Stream.of("", "\0", "a", "a\0", "b")
                .flatMap(a -> Stream.of("", "\0", "\0a", "a")
                        .flatMap(b -> Stream.of("", "\0", "z").map(c -> new Entry<>(new Entry<>(a, b), c))))
                .toList();
        keys.forEach(key -> assertComesBack(nested, key));
        Comparator<Entry<Entry<String, String>, String>> order =
                Comparator.comparing(key -> key.key().key());
        assertKeepsOrder(
                nested, keys, order.thenComparing(key -> key.key().value()).thenComparing(Entry::value));
    }

    @Test
    void a_scan_by_the_first_part_finds_exactly_its_keys() {
        ByteRange range = READINGS.startingWith("a").encodedBy(READINGS);
        TEXTS.forEach(
                text -> LONGS.forEach(number -> assertThat(range.contains(READINGS.encode(new Reading(text, number))))
                        .as("%s, %d", text, number)
                        .isEqualTo(text.equals("a"))));
    }

    @Test
    void a_scan_by_the_first_part_and_a_prefix_of_the_second_finds_exactly_its_keys() {
        PairCodec<String, String, Entry<String, String>> codec = Codecs.composite(Codecs.STRING, Codecs.STRING);
        ByteRange range = codec.startingWith("a", "b").encodedBy(codec);
        assertThat(Stream.of("", "a", "b", "b\0", "bz", "c")
                        .filter(b -> range.contains(codec.encode(new Entry<>("a", b)))))
                .containsExactly("b", "b\0", "bz");
        assertThat(range.contains(codec.encode(new Entry<>("aa", "b")))).isFalse();
    }

    @Test
    void half_a_surrogate_pair_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codecs.STRING.encode("a\uD83D"))
                .withMessageContaining("surrogate");
    }

    @Test
    void bytes_of_another_codec_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.LONG.decode(new byte[4]));
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.INTEGER.decode(new byte[8]));
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.UUID.decode(new byte[15]));
        assertThatIllegalArgumentException().isThrownBy(() -> Codecs.STRING.decode(new byte[] {(byte) 0xC0, 0x20}));
        assertThatIllegalArgumentException().isThrownBy(() -> READINGS.decode(new byte[] {'a'}));
        assertThatIllegalArgumentException().isThrownBy(() -> READINGS.decode(new byte[] {'a', 0, 1, 0, 0}));
    }

    @Test
    void a_replacement_character_that_was_written_as_one_is_no_error() {
        byte[] bytes = "\uFFFD".getBytes(StandardCharsets.UTF_8);
        assertThat(Codecs.STRING.decode(bytes)).isEqualTo("\uFFFD");
    }

    private static <T> void assertComesBack(Codec<T> codec, T value) {
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    private static <T> void assertKeepsOrder(Codec<T> codec, List<T> values, Comparator<? super T> order) {
        for (T left : values) {
            for (T right : values) {
                assertThat(Integer.signum(Arrays.compareUnsigned(codec.encode(left), codec.encode(right))))
                        .as("%s and %s", left, right)
                        .isEqualTo(Integer.signum(order.compare(left, right)));
            }
        }
    }

    private static List<UUID> randomUuids() {
        Random random = new Random(7);
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(50)
                .toList();
    }
}
