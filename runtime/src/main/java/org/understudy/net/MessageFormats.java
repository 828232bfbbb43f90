package org.understudy.net;

import static org.understudy.net.WireValues.getConstant;
import static org.understudy.net.WireValues.putConstant;

import java.util.ArrayList;
import java.util.List;
import org.understudy.SyncPhase;
import org.understudy.log.GenerationHistory;
import org.understudy.protocol.Message;

/** The frames of all messages but those that carry bytes by the thousand, which are {@link PayloadFormats}. */
final class MessageFormats {
    private MessageFormats() {}

    static List<FrameFormat<? extends Message>> all() {
        List<FrameFormat<? extends Message>> all = new ArrayList<>();
        all.addAll(heartbeats());
        all.addAll(ElectionFormats.all());
        all.addAll(streams());
        all.addAll(membership());
        all.addAll(reads());
        all.addAll(ForwardingFormats.all());
        all.addAll(PayloadFormats.all());
        return all;
    }

    private static List<FrameFormat<? extends Message>> heartbeats() {
        return List.of(
                FrameFormat.of(
                        16,
                        Message.Heartbeat.class,
                        (out, it) -> {
                            out.putLong(it.number())
                                    .putLong(it.generation())
                                    .putBoolean(it.master())
                                    .putStanding(it.last())
                                    .putLong(it.permanentLsn())
                                    .putLong(it.majorityAgeMicros());
                            putConstant(out, it.phase());
                            out.putInt(it.serving());
                            out.putBoolean(it.hasSubordinates());
                        },
                        in -> new Message.Heartbeat(
                                in.getLong(),
                                in.getLong(),
                                in.getBoolean(),
                                in.getStanding(),
                                in.getLong(),
                                in.getLong(),
                                getConstant(in, SyncPhase.class),
                                in.getInt(),
                                in.getBoolean())),
                FrameFormat.of(
                        17,
                        Message.HeartbeatAnswer.class,
                        (out, it) -> {
                            out.putLong(it.number())
                                    .putLong(it.generation())
                                    .putStanding(it.last())
                                    .putLong(it.permanentLsn());
                            putConstant(out, it.phase());
                            out.putLong(it.confirmedAgeMicros()).putLong(it.promisedMicros());
                        },
                        in -> new Message.HeartbeatAnswer(
                                in.getLong(),
                                in.getLong(),
                                in.getStanding(),
                                in.getLong(),
                                getConstant(in, SyncPhase.class),
                                in.getLong(),
                                in.getLong())));
    }

    private static List<FrameFormat<? extends Message>> streams() {
        return List.of(
                FrameFormat.of(
                        33,
                        Message.Ack.class,
                        (out, it) -> out.putLong(it.generation())
                                .putLong(it.stream())
                                .putLong(it.lsn()),
                        in -> new Message.Ack(in.getLong(), in.getLong(), in.getLong())),
                FrameFormat.of(
                        34,
                        Message.PermanentAdvance.class,
                        (out, it) -> out.putLong(it.generation())
                                .putLong(it.stream())
                                .putLong(it.permanentLsn()),
                        in -> new Message.PermanentAdvance(in.getLong(), in.getLong(), in.getLong())),
                FrameFormat.of(
                        35,
                        Message.Outdated.class,
                        (out, it) -> out.putLong(it.generation()),
                        in -> new Message.Outdated(in.getLong())),
                FrameFormat.of(
                        36,
                        Message.VerifyRequest.class,
                        (out, it) -> {
                            out.putLong(it.request());
                            it.history().write(out);
                            out.putStanding(it.last())
                                    .putLong(it.permanentLsn())
                                    .putBoolean(it.stands());
                        },
                        in -> new Message.VerifyRequest(
                                in.getLong(),
                                GenerationHistory.read(in),
                                in.getStanding(),
                                in.getLong(),
                                in.getBoolean())),
                FrameFormat.of(
                        37,
                        Message.VerifyAnswer.class,
                        (out, it) -> {
                            out.putLong(it.request()).putLong(it.generation()).putUuid(it.mastershipId());
                            it.history().write(out);
                            out.putLong(it.matchLsn())
                                    .putLong(it.logStartLsn())
                                    .putLong(it.masterLsn())
                                    .putLong(it.permanentLsn())
                                    .putLong(it.stream())
                                    .putLong(it.ackedLsn());
                        },
                        in -> new Message.VerifyAnswer(
                                in.getLong(),
                                in.getLong(),
                                in.getUuid(),
                                GenerationHistory.read(in),
                                in.getLong(),
                                in.getLong(),
                                in.getLong(),
                                in.getLong(),
                                in.getLong(),
                                in.getLong())),
                FrameFormat.of(
                        38,
                        Message.StreamEnded.class,
                        (out, it) -> out.putLong(it.generation()).putLong(it.stream()),
                        in -> new Message.StreamEnded(in.getLong(), in.getLong())),
                FrameFormat.of(
                        39,
                        Message.RangeRequest.class,
                        (out, it) -> out.putLong(it.request())
                                .putLong(it.fromLsn())
                                .putLong(it.toLsn())
                                .putInt(it.maxBytes()),
                        in -> new Message.RangeRequest(in.getLong(), in.getLong(), in.getLong(), in.getInt())));
    }

    private static List<FrameFormat<? extends Message>> reads() {
        return List.of(
                FrameFormat.of(
                        56,
                        Message.ConfirmRequest.class,
                        (out, it) -> out.putLong(it.ask()),
                        in -> new Message.ConfirmRequest(in.getLong())),
                FrameFormat.of(
                        57,
                        Message.ConfirmAnswer.class,
                        (out, it) ->
                                out.putLong(it.ask()).putBoolean(it.confirmed()).putStanding(it.floor()),
                        in -> new Message.ConfirmAnswer(in.getLong(), in.getBoolean(), in.getStanding())));
    }

    private static List<FrameFormat<? extends Message>> membership() {
        return List.of(
                FrameFormat.of(
                        48,
                        Message.JoinRequest.class,
                        (out, it) -> out.putLong(it.request())
                                .putInt(it.priority())
                                .putBoolean(it.view())
                                .putBoolean(it.replaces()),
                        in -> new Message.JoinRequest(in.getLong(), in.getInt(), in.getBoolean(), in.getBoolean())),
                FrameFormat.of(
                        49,
                        Message.JoinAnswer.class,
                        (out, it) -> {
                            out.putLong(it.request());
                            putConstant(out, it.outcome());
                            out.putUuid(it.groupId()).putString(it.master()).putString(it.reason());
                        },
                        in -> new Message.JoinAnswer(
                                in.getLong(),
                                getConstant(in, Message.JoinOutcome.class),
                                in.getUuid(),
                                in.getString(),
                                in.getString())),
                FrameFormat.of(
                        50,
                        Message.Removed.class,
                        (out, it) -> out.putUuid(it.groupId())
                                .putStanding(it.table())
                                .putString(it.reason()),
                        in -> new Message.Removed(in.getUuid(), in.getStanding(), in.getString())),
                FrameFormat.of(
                        51,
                        Message.CommandRequest.class,
                        (out, it) -> {
                            out.putLong(it.request());
                            WireValues.putCommand(out, it.command());
                        },
                        in -> new Message.CommandRequest(in.getLong(), WireValues.getCommand(in))),
                FrameFormat.of(
                        52,
                        Message.CommandAnswer.class,
                        (out, it) -> out.putLong(it.request())
                                .putBoolean(it.done())
                                .putBoolean(it.retry())
                                .putString(it.reason()),
                        in -> new Message.CommandAnswer(
                                in.getLong(), in.getBoolean(), in.getBoolean(), in.getString())));
    }
}
