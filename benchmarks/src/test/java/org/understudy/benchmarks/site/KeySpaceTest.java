package org.understudy.benchmarks.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeySpaceTest {
    private final KeySpace keys = new KeySpace(10_000);

    @Test
    void keys_are_distinct_and_16_bytes_long() {
        Set<ByteBuffer> distinct = LongStream.range(0, keys.records())
                .mapToObj(index -> ByteBuffer.wrap(keys.key(index)))
                .collect(Collectors.toSet());

        assertThat(distinct).hasSize((int) keys.records()).allMatch(key -> key.remaining() == 16);
    }

    @Test
    void no_key_is_a_mark() {
        assertThat(LongStream.range(0, keys.records()).mapToObj(keys::key)).allMatch(key -> key[0] >= 0);
        assertThat(KeySpace.mark(1)[0]).isNegative();
    }

    @Test
    void values_are_100_bytes_long() {
        assertThat(keys.randomValue(new SplittableRandom(1))).hasSize(KeySpace.VALUE_BYTES);
    }
}
