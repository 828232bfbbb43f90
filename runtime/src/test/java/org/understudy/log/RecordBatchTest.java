package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;

class RecordBatchTest {
    @Test
    void a_batch_is_the_same_after_its_bytes_were_parsed() {
        RecordBatch built = sample();
        byte[] surrounded = new byte[built.length() + 20];
        System.arraycopy(built.array(), built.arrayOffset(), surrounded, 7, built.length());
        RecordBatch parsed = RecordBatch.parse(surrounded, 7, built.length());
        for (RecordBatch batch : List.of(built, parsed)) {
            assertThat(batch.firstLsn()).isEqualTo(10);
            assertThat(batch.lastLsn()).isEqualTo(13);
            assertThat(batch.last()).isEqualTo(new Standing(3, 13));
            assertThat(batch.count()).isEqualTo(4);
            assertThat(describe(batch))
                    .containsExactly(
                            "TRANSACTION 2/10 a", "GENERATION 3/11 ", "TRANSACTION 3/12 ccc", "MEMBERSHIP 3/13 d");
            assertThat(batch.buffer()).isEqualTo(built.buffer());
        }
    }

    @Test
    void the_records_the_protocol_reads_are_found() {
        assertThat(sample().hasControlRecords()).isTrue();
        assertThat(sample().controlRecords()).extracting(LogRecord::lsn).containsExactly(11L, 13L);
        RecordBatch plain = new RecordBatchBuilder()
                .add(1, 1, RecordKind.TRANSACTION, new byte[0])
                .add(1, 2, RecordKind.DATABASE, new byte[0])
                .build();
        assertThat(plain.hasControlRecords()).isFalse();
        assertThat(plain.controlRecords()).isEmpty();
    }

    @Test
    void batches_that_follow_each_other_become_one() {
        RecordBatch first = new RecordBatchBuilder()
                .add(2, 9, RecordKind.TRANSACTION, new byte[3])
                .build();
        RecordBatch joined = RecordBatch.join(List.of(first, sample().from(10)));
        assertThat(joined.firstLsn()).isEqualTo(9);
        assertThat(joined.last()).isEqualTo(sample().last());
        assertThat(joined.hasControlRecords()).isTrue();
        assertThat(describe(RecordBatch.parse(joined.array(), joined.arrayOffset(), joined.length())))
                .containsExactlyElementsOf(describe(joined))
                .hasSize(5);
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> RecordBatch.join(List.of(first, sample().from(11))));
    }

    @Test
    void the_end_of_a_batch_is_a_batch() {
        RecordBatch batch = sample();
        assertThat(batch.from(10)).isSameAs(batch);
        RecordBatch end = batch.from(12);
        assertThat(describe(end)).containsExactly("TRANSACTION 3/12 ccc", "MEMBERSHIP 3/13 d");
        assertThat(end.firstLsn()).isEqualTo(12);
        assertThat(RecordBatch.parse(end.array(), end.arrayOffset(), end.length())
                        .last())
                .isEqualTo(end.last());
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> batch.from(14));
    }

    @Test
    void every_flipped_bit_is_refused() {
        byte[] good = bytes(sample());
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertMalformed(flipped);
        }
    }

    @Test
    void garbage_is_refused() {
        Garbage.assertRefused(bytes(single(1, 1)), MalformedRecordException.class, RecordBatchTest::parse);
    }

    @Test
    void a_batch_without_a_record_is_refused() {
        assertMalformed(new byte[0]);
    }

    @Test
    void records_with_a_gap_between_them_are_refused() {
        assertMalformed(bytes(single(1, 1)), bytes(single(1, 3)));
        assertMalformed(bytes(single(1, 2)), bytes(single(1, 2)));
        assertMalformed(bytes(single(1, 2)), bytes(single(1, 1)));
    }

    @Test
    void a_falling_generation_is_refused() {
        assertMalformed(bytes(single(2, 1)), bytes(single(1, 2)));
    }

    @Test
    void lsns_begin_at_one() {
        assertMalformed(bytes(single(1, 0)));
        assertMalformed(bytes(single(1, 0)), bytes(single(1, 5)));
        assertMalformed(bytes(single(1, -1)));
    }

    @Test
    void a_kind_nobody_knows_is_refused_even_with_a_good_checksum() {
        byte[] bytes = bytes(single(1, 1));
        bytes[RecordFrame.KIND_OFFSET] = 9;
        ByteBuffer.wrap(bytes).putInt(RecordFrame.checksum(new CRC32C(), bytes, 0, bytes.length));
        assertMalformed(bytes);
        assertThat(RecordKind.exists((byte) 9)).isFalse();
        for (RecordKind kind : RecordKind.values()) {
            assertThat(RecordKind.exists(kind.code())).isTrue();
            assertThat(RecordKind.of(kind.code())).isSameAs(kind);
        }
    }

    @Test
    void a_builder_is_used_again_and_keeps_nothing_of_the_last_batch() {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        RecordBatch first =
                builder.add(1, 1, RecordKind.GENERATION, new byte[9000]).build();
        assertThat(builder.length()).isZero();
        RecordBatch second =
                builder.add(5, 77, RecordKind.TRANSACTION, new byte[] {1}).build();
        assertThat(describe(second)).containsExactly("TRANSACTION 5/77 \u0001");
        assertThat(second.hasControlRecords()).isFalse();
        assertThat(parse(bytes(first)).count()).isEqualTo(1);
    }

    @Test
    void a_payload_is_written_piece_by_piece() {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        builder.begin(1, 1, RecordKind.TRANSACTION);
        for (int i = 0; i < 10_000; i++) {
            builder.payload(Integer.BYTES).putInt(i);
        }
        builder.end();
        LogRecord record = builder.build().iterator().next();
        assertThat(record.payload().remaining()).isEqualTo(40_000);
        assertThat(record.payload().getInt(4 * 9999)).isEqualTo(9999);
        assertThat(record.frameBytes()).isEqualTo(RecordFrame.size(40_000));
    }

    @Test
    void a_builder_used_out_of_order_says_so() {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        assertThatIllegalStateException().isThrownBy(builder::build);
        builder.begin(1, 1, RecordKind.TRANSACTION);
        assertThatIllegalStateException().isThrownBy(builder::build);
        assertThatIllegalStateException().isThrownBy(() -> builder.begin(1, 2, RecordKind.TRANSACTION));
        builder.end();
        assertThatIllegalStateException().isThrownBy(() -> builder.begin(1, 3, RecordKind.TRANSACTION));
    }

    @Test
    void the_bytes_of_a_batch_cannot_be_changed_through_its_views() {
        RecordBatch batch = sample();
        assertThat(batch.buffer().isReadOnly()).isTrue();
        assertThat(batch.iterator().next().payload().isReadOnly()).isTrue();
    }

    private static RecordBatch sample() {
        return new RecordBatchBuilder()
                .add(2, 10, RecordKind.TRANSACTION, new byte[] {'a'})
                .add(3, 11, RecordKind.GENERATION, new byte[0])
                .add(3, 12, RecordKind.TRANSACTION, new byte[] {'c', 'c', 'c'})
                .add(3, 13, RecordKind.MEMBERSHIP, new byte[] {'d'})
                .build();
    }

    private static RecordBatch single(long generation, long lsn) {
        return new RecordBatchBuilder()
                .add(generation, lsn, RecordKind.TRANSACTION, new byte[] {1, 2, 3})
                .build();
    }

    private static byte[] bytes(RecordBatch batch) {
        return Arrays.copyOfRange(batch.array(), batch.arrayOffset(), batch.arrayOffset() + batch.length());
    }

    private static RecordBatch parse(byte[] bytes) {
        return RecordBatch.parse(bytes, 0, bytes.length);
    }

    private static List<String> describe(RecordBatch batch) {
        List<String> lines = new ArrayList<>();
        batch.forEach(record -> lines.add(record + " " + new String(record.payloadBytes(), StandardCharsets.US_ASCII)));
        return lines;
    }

    private static void assertMalformed(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        assertThatExceptionOfType(MalformedRecordException.class).isThrownBy(() -> parse(all.array()));
    }
}
