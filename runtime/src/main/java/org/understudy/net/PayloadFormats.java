package org.understudy.net;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordBatch;
import org.understudy.protocol.Message;

/** The frames that carry records, and those of an initialisation. */
final class PayloadFormats {
    private static final int STANDING_BYTES = 2 * Long.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;

    private PayloadFormats() {}

    static List<FrameFormat<? extends Message>> all() {
        return List.of(
                append(),
                rangeAnswer(),
                chunk(),
                checkpointOffer(),
                FrameFormat.of(
                        65,
                        Message.CheckpointRequest.class,
                        (out, it) -> out.putLong(it.request()).putUuid(it.resume()),
                        in -> new Message.CheckpointRequest(in.getLong(), in.getUuid())),
                FrameFormat.of(
                        67,
                        Message.ChunkRequest.class,
                        (out, it) -> out.putLong(it.request())
                                .putUuid(it.checkpoint())
                                .putInt(it.file())
                                .putLong(it.offset())
                                .putInt(it.maxBytes()),
                        in -> new Message.ChunkRequest(
                                in.getLong(), in.getUuid(), in.getInt(), in.getLong(), in.getInt())),
                FrameFormat.of(
                        69,
                        Message.CheckpointFailed.class,
                        (out, it) -> out.putLong(it.request())
                                .putUuid(it.checkpoint())
                                .putString(it.reason()),
                        in -> new Message.CheckpointFailed(in.getLong(), in.getUuid(), in.getString())),
                FrameFormat.of(
                        70,
                        Message.CheckpointDone.class,
                        (out, it) -> out.putUuid(it.checkpoint()),
                        in -> new Message.CheckpointDone(in.getUuid())));
    }

    private static FrameFormat<Message.Append> append() {
        return new FrameFormat<>(
                32,
                Message.Append.class,
                4 * Long.BYTES + UUID_BYTES + STANDING_BYTES,
                (out, it) -> out.putLong(it.generation())
                        .putUuid(it.mastershipId())
                        .putLong(it.stream())
                        .putStanding(it.previous())
                        .putLong(it.permanentLsn())
                        .putLong(it.masterLsn()),
                it -> tail(it.records()),
                (in, tail) -> {
                    RecordBatch records = records(tail);
                    return new Message.Append(
                            in.getLong(),
                            in.getUuid(),
                            in.getLong(),
                            in.getStanding(),
                            records,
                            in.getLong(),
                            in.getLong());
                });
    }

    private static FrameFormat<Message.RangeAnswer> rangeAnswer() {
        return new FrameFormat<>(
                40,
                Message.RangeAnswer.class,
                Long.BYTES + STANDING_BYTES,
                (out, it) -> out.putLong(it.request()).putStanding(it.previous()),
                it -> it.records().map(PayloadFormats::tail).orElse(FrameTail.NONE),
                (in, tail) -> new Message.RangeAnswer(
                        in.getLong(),
                        in.getStanding(),
                        tail.length() == 0 ? Optional.empty() : Optional.of(records(tail))));
    }

    private static FrameFormat<Message.Chunk> chunk() {
        return new FrameFormat<>(
                68,
                Message.Chunk.class,
                2 * Long.BYTES + UUID_BYTES + 2 * Integer.BYTES,
                (out, it) -> out.putLong(it.request())
                        .putUuid(it.checkpoint())
                        .putInt(it.file())
                        .putLong(it.offset())
                        .putInt(it.checksum()),
                it -> new FrameTail(it.bytes(), 0, it.bytes().length),
                (in, tail) -> new Message.Chunk(
                        in.getLong(),
                        in.getUuid(),
                        in.getInt(),
                        in.getLong(),
                        in.getInt(),
                        Arrays.copyOfRange(tail.array(), tail.offset(), tail.offset() + tail.length())));
    }

    private static FrameFormat<Message.CheckpointOffer> checkpointOffer() {
        return FrameFormat.of(
                66,
                Message.CheckpointOffer.class,
                (out, it) -> {
                    out.putLong(it.request())
                            .putUuid(it.checkpoint())
                            .putStanding(it.standing())
                            .putLong(it.permanentLsn());
                    it.history().write(out);
                    it.members().write(out);
                    out.putAll(it.files(), (writer, file) -> writer.putString(file.name())
                            .putLong(file.bytes())
                            .putInt(file.checksum()));
                },
                in -> new Message.CheckpointOffer(
                        in.getLong(),
                        in.getUuid(),
                        in.getStanding(),
                        in.getLong(),
                        GenerationHistory.read(in),
                        MemberTable.read(in),
                        in.getAll(
                                each -> new Message.CheckpointFile(each.getString(), each.getLong(), each.getInt()))));
    }

    private static FrameTail tail(RecordBatch records) {
        return new FrameTail(records.array(), records.arrayOffset(), records.length());
    }

    private static RecordBatch records(FrameTail tail) {
        return RecordBatch.parse(tail.array(), tail.offset(), tail.length());
    }
}
