package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryRingTest {
    private static final int FAMILY = 7;
    private static final byte[] VALUE = new byte[1000];

    private final EntryRing ring = new EntryRing(3 << 20);

    @Test
    void keys_of_every_length_are_told_apart() {
        for (int length = 0; length < 40; length++) {
            byte[] key = bytes("k".repeat(length));
            long location = append(ring, key, bytes("value " + length));
            assertThat(read(ring, location, key)).isEqualTo(bytes("value " + length));
            for (int other = 0; other < length; other++) {
                byte[] differing = key.clone();
                differing[other] = 'x';
                assertThat(read(ring, location, differing)).isNull();
            }
            assertThat(read(ring, location, bytes("k".repeat(length + 1)))).isNull();
            assertThat(ring.read(location, Long.MAX_VALUE, FAMILY + 1, key)).isNull();
        }
    }

    @Test
    void a_value_is_replaced_in_its_place_unless_it_is_longer() {
        long location = append(ring, bytes("key"), bytes("value"));
        long next = append(ring, bytes("next"), bytes("other"));
        assertThat(ring.replace(location, 2, bytes("longer"), 0, 6)).isFalse();
        assertThat(read(ring, location, bytes("key"))).isEqualTo(bytes("value"));
        assertThat(ring.replace(location, 2, bytes("new"), 0, 3)).isTrue();
        assertThat(read(ring, location, bytes("key"))).isEqualTo(bytes("new"));
        assertThat(ring.read(location, 1, FAMILY, bytes("key"))).isNull();
        assertThat(read(ring, next, bytes("next"))).isEqualTo(bytes("other"));
    }

    @Test
    void what_is_too_large_is_not_kept() {
        assertThat(append(ring, new byte[1 << 15], VALUE)).isZero();
        assertThat(append(ring, bytes("key"), new byte[1 << 17])).isZero();
        byte[] key = new byte[(1 << 15) - 1];
        byte[] value = new byte[(1 << 17) - (1 << 15) - 16];
        value[value.length - 1] = 5;
        assertThat(read(ring, append(ring, key, value), key)).isEqualTo(value);
    }

    @Test
    void the_newest_stay_and_the_oldest_go() {
        assertNewestStay(ring, 2_000);
    }

    @Test
    void where_memory_runs_out_what_there_is_of_it_is_used_again() {
        assertNewestStay(new EntryRing(100 << 20, buffers(3)), 2_000);
    }

    @Test
    void where_there_is_no_memory_at_all_nothing_is_kept() {
        EntryRing none = new EntryRing(100 << 20, buffers(0));
        assertThat(append(none, bytes("key"), VALUE)).isZero();
        assertThat(append(none, bytes("key"), VALUE)).isZero();
    }

    /** Of three chunks of a mebibyte, two at least hold what came last. */
    private static void assertNewestStay(EntryRing ring, int staying) {
        Deque<Long> locations = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            long location = append(ring, bytes("key " + i), VALUE);
            assertThat(locations).doesNotContain(location);
            locations.addLast(location);
            if (locations.size() > staying) {
                locations.removeFirst();
            }
            if (i % 1_000 == 0) {
                int oldest = i + 1 - locations.size();
                Long[] kept = locations.toArray(Long[]::new);
                assertThat(IntStream.range(0, kept.length))
                        .allMatch(n -> ring.holds(
                                kept[n], FAMILY, bytes("key " + (oldest + n)), 0, bytes("key " + (oldest + n)).length));
            }
        }
        assertThat(ring.isKept(locations.getFirst() - (6L << 18))).isFalse();
    }

    private static IntFunction<ByteBuffer> buffers(int count) {
        int[] left = {count};
        return size -> {
            if (left[0]-- <= 0) {
                throw new OutOfMemoryError("no more");
            }
            return ByteBuffer.allocateDirect(size);
        };
    }

    private static long append(EntryRing ring, byte[] key, byte[] value) {
        return ring.append(1, FAMILY, key, 0, key.length, value, 0, value.length);
    }

    private static byte[] read(EntryRing ring, long location, byte[] key) {
        return ring.read(location, Long.MAX_VALUE, FAMILY, key);
    }
}
