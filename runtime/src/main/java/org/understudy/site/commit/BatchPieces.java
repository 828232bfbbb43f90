package org.understudy.site.commit;

import java.util.ArrayList;
import java.util.List;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;

/** Cuts a batch that has become large, by before-images that nobody expected, into pieces that one message can carry. */
final class BatchPieces {
    /** About the most bytes of a piece; a record that is larger is one by itself. */
    static final int PIECE_BYTES = 4 << 20;

    private BatchPieces() {}

    static List<RecordBatch> of(RecordBatch batch) {
        if (batch.length() <= PIECE_BYTES) {
            return List.of(batch);
        }
        List<RecordBatch> pieces = new ArrayList<>();
        int start = batch.arrayOffset();
        int end = start;
        for (LogRecord record : batch) {
            if (end > start && end + record.frameBytes() - start > PIECE_BYTES) {
                pieces.add(RecordBatch.parse(batch.array(), start, end - start));
                start = end;
            }
            end += record.frameBytes();
        }
        pieces.add(RecordBatch.parse(batch.array(), start, end - start));
        return pieces;
    }
}
