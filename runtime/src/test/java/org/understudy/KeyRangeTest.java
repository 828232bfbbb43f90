package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRangeTest {

    private static final List<String> KEYS = List.of("", "a", "a\0", "ab", "abc", "ac", "b", "ÿ");

    @Test
    void each_range_holds_the_keys_its_name_says() {
        assertThat(keysIn(KeyRange.all())).isEqualTo(KEYS);
        assertThat(keysIn(KeyRange.atLeast("ab"))).containsExactly("ab", "abc", "ac", "b", "ÿ");
        assertThat(keysIn(KeyRange.greaterThan("ab"))).containsExactly("abc", "ac", "b", "ÿ");
        assertThat(keysIn(KeyRange.atMost("ab"))).containsExactly("", "a", "a\0", "ab");
        assertThat(keysIn(KeyRange.lessThan("ab"))).containsExactly("", "a", "a\0");
        assertThat(keysIn(KeyRange.between("a", "ac"))).containsExactly("a", "a\0", "ab", "abc");
        assertThat(keysIn(KeyRange.between("a", false, "ac", true))).containsExactly("a\0", "ab", "abc", "ac");
        assertThat(keysIn(KeyRange.prefix("ab"))).containsExactly("ab", "abc");
        assertThat(keysIn(KeyRange.prefix(""))).isEqualTo(KEYS);
    }

    @Test
    void a_prefix_of_the_largest_bytes_reaches_to_the_end() {
        byte[] all = {(byte) 0xFF, (byte) 0xFF};
        assertThat(ByteRange.prefix(all).to()).isEmpty();
        assertThat(ByteRange.prefix(new byte[] {1, (byte) 0xFF}).to().orElseThrow())
                .containsExactly(2);
        assertThat(ByteRange.prefix(all).contains(new byte[] {(byte) 0xFF, (byte) 0xFF, 0}))
                .isTrue();
        assertThat(ByteRange.prefix(all).contains(new byte[] {(byte) 0xFF, (byte) 0xFE}))
                .isFalse();
    }

    @Test
    void a_range_that_ends_where_it_begins_is_empty() {
        assertThat(KeyRange.between("a", "a").encodedBy(Codecs.STRING).isEmpty())
                .isTrue();
        assertThat(KeyRange.between("b", "a").encodedBy(Codecs.STRING).isEmpty())
                .isTrue();
        assertThat(KeyRange.between("a", true, "a", true)
                        .encodedBy(Codecs.STRING)
                        .isEmpty())
                .isFalse();
        assertThat(ByteRange.ALL.isEmpty()).isFalse();
    }

    private static List<String> keysIn(KeyRange<String> range) {
        ByteRange bytes = range.encodedBy(Codecs.STRING);
        return KEYS.stream()
                .filter(key -> bytes.contains(Codecs.STRING.encode(key)))
                .toList();
    }
}
