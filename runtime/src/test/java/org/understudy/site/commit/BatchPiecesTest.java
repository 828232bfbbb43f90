package org.understudy.site.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** A batch that one message can't carry goes in several. */
class BatchPiecesTest {

    private static RecordBatch batch(int records, int payloadBytes) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (int i = 1; i <= records; i++) {
            builder.add(1, i, RecordKind.TRANSACTION, new byte[payloadBytes]);
        }
        return builder.build();
    }

    @Test
    void a_small_batch_stays_whole() {
        RecordBatch batch = batch(3, 100);
        assertThat(BatchPieces.of(batch)).containsExactly(batch);
    }

    @Test
    void a_large_batch_is_cut_between_records() {
        List<RecordBatch> pieces = BatchPieces.of(batch(10, 1 << 20));
        assertThat(pieces).hasSize(4).allMatch(piece -> piece.length() <= BatchPieces.PIECE_BYTES);
        long next = 1;
        for (RecordBatch piece : pieces) {
            assertThat(piece.firstLsn()).isEqualTo(next);
            next = piece.lastLsn() + 1;
        }
        assertThat(next).isEqualTo(11);
    }

    @Test
    void a_record_that_is_too_large_is_a_piece_by_itself() {
        assertThat(BatchPieces.of(batch(2, BatchPieces.PIECE_BYTES))).hasSize(2);
    }
}
