package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConflictIndexTest {
    private static final long NOBODY = Long.MAX_VALUE;

    @Test
    void a_key_written_after_a_snapshot_is_told_from_one_written_before() {
        ConflictIndex index = new ConflictIndex(10);
        index.wrote(7, 12, NOBODY);
        assertThat(index.writtenSince(7, 11)).isTrue();
        assertThat(index.writtenSince(7, 12)).isFalse();
        assertThat(index.writtenSince(8, 10)).isFalse();
        assertThat(index.floor()).isEqualTo(10);
    }

    @Test
    void what_it_forgets_it_says_and_what_it_remembers_is_right() {
        ConflictIndex index = new ConflictIndex(0);
        Map<Long, Long> written = new HashMap<>();
        Random random = new Random(3);
        for (long lsn = 1; lsn <= 10L * ConflictIndex.SMALLEST; lsn++) {
            long hash = random.nextInt(5 * ConflictIndex.SMALLEST) * 0x9E3779B97F4A7C15L;
            index.wrote(hash, lsn, NOBODY);
            written.put(hash, lsn);
            if (lsn % 997 == 0) {
                long since = index.floor() + random.nextInt((int) (lsn - index.floor()) + 1);
                written.forEach((key, last) ->
                        assertThat(index.writtenSince(key, since)).isEqualTo(last > since));
            }
        }
        assertThat(index.floor()).isPositive();
    }

    @Test
    void it_grows_rather_than_forget_what_a_transaction_needs() {
        ConflictIndex index = new ConflictIndex(0);
        for (long lsn = 1; lsn <= ConflictIndex.LARGEST; lsn++) {
            index.wrote(KeyHash.of(1, Site.bytes(Long.toString(lsn))), lsn, 0);
        }
        assertThat(index.floor()).isZero();
        for (long lsn = 1; lsn <= 3L * ConflictIndex.LARGEST; lsn++) {
            index.wrote(KeyHash.of(2, Site.bytes(Long.toString(lsn))), lsn, 0);
        }
        assertThat(index.floor()).as("memory is bounded all the same").isPositive();
    }
}
