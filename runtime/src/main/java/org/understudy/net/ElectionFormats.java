package org.understudy.net;

import static org.understudy.net.WireValues.getConstant;
import static org.understudy.net.WireValues.putConstant;

import java.util.List;
import org.understudy.log.GenerationHistory;
import org.understudy.protocol.Message;

/** The frames of the messages that bring a master about. */
final class ElectionFormats {
    private ElectionFormats() {}

    static List<FrameFormat<? extends Message>> all() {
        return List.of(
                FrameFormat.of(
                        24,
                        Message.CanvassRequest.class,
                        (out, it) -> out.putLong(it.round()).putLong(it.generation()),
                        in -> new Message.CanvassRequest(in.getLong(), in.getLong())),
                FrameFormat.of(
                        25,
                        Message.CanvassAnswer.class,
                        (out, it) -> {
                            out.putLong(it.round());
                            putConstant(out, it.kind());
                            out.putLong(it.generation())
                                    .putStanding(it.standing())
                                    .putInt(it.priority())
                                    .putLong(it.tiebreaker())
                                    .putBoolean(it.knewMaster())
                                    .putString(it.master());
                        },
                        in -> new Message.CanvassAnswer(
                                in.getLong(),
                                getConstant(in, Message.CanvassKind.class),
                                in.getLong(),
                                in.getStanding(),
                                in.getInt(),
                                in.getLong(),
                                in.getBoolean(),
                                in.getString())),
                FrameFormat.of(
                        26,
                        Message.Nominate.class,
                        (out, it) -> out.putLong(it.generation())
                                .putString(it.source())
                                .putBoolean(it.lastResort()),
                        in -> new Message.Nominate(in.getLong(), in.getString(), in.getBoolean())),
                FrameFormat.of(
                        27,
                        Message.VoteRequest.class,
                        (out, it) -> out.putLong(it.generation())
                                .putStanding(it.standing())
                                .putLong(it.released())
                                .putBoolean(it.lastResort()),
                        in -> new Message.VoteRequest(in.getLong(), in.getStanding(), in.getLong(), in.getBoolean())),
                FrameFormat.of(
                        28,
                        Message.VoteAnswer.class,
                        (out, it) -> out.putLong(it.generation())
                                .putBoolean(it.granted())
                                .putLong(it.highestGeneration())
                                .putInt(it.priority())
                                .putString(it.reason()),
                        in -> new Message.VoteAnswer(
                                in.getLong(), in.getBoolean(), in.getLong(), in.getInt(), in.getString())),
                FrameFormat.of(
                        29,
                        Message.StandNow.class,
                        (out, it) -> out.putLong(it.generation()).putStanding(it.last()),
                        in -> new Message.StandNow(in.getLong(), in.getStanding())),
                FrameFormat.of(
                        30,
                        Message.PrepareRequest.class,
                        (out, it) -> {
                            out.putLong(it.request());
                            it.history().write(out);
                            out.putStanding(it.last());
                        },
                        in -> new Message.PrepareRequest(in.getLong(), GenerationHistory.read(in), in.getStanding())),
                FrameFormat.of(
                        31,
                        Message.PrepareAnswer.class,
                        (out, it) -> {
                            out.putLong(it.request());
                            it.history().write(out);
                            out.putLong(it.matchLsn()).putLong(it.logStartLsn()).putStanding(it.last());
                        },
                        in -> new Message.PrepareAnswer(
                                in.getLong(),
                                GenerationHistory.read(in),
                                in.getLong(),
                                in.getLong(),
                                in.getStanding())));
    }
}
