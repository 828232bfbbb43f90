package org.understudy.net;

import static org.understudy.net.WireValues.getConstant;
import static org.understudy.net.WireValues.putConstant;

import java.util.List;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** {@link MessageFrame}s as bytes, in frames as all others; their checksum covers everything. Without state, for any thread. */
final class MessageCodec {
    private static final FrameCodec<MessageFrame> CODEC = new FrameCodec<>(
            WireLimits.MAX_MESSAGE_FRAME_BYTES,
            List.of(
                    FrameFormat.of(
                            16,
                            MessageFrame.Post.class,
                            (out, it) -> {
                                out.putLong(it.request()).putString(it.topic());
                                putParts(out, it.parts());
                            },
                            in -> new MessageFrame.Post(in.getLong(), in.getString(), getParts(in))),
                    FrameFormat.of(
                            17,
                            MessageFrame.Answer.class,
                            (out, it) -> {
                                out.putLong(it.request());
                                putParts(out, it.parts());
                            },
                            in -> new MessageFrame.Answer(in.getLong(), getParts(in))),
                    FrameFormat.of(
                            18,
                            MessageFrame.Unanswered.class,
                            (out, it) -> {
                                out.putLong(it.request());
                                putConstant(out, it.why().cause());
                                out.putString(it.why().text())
                                        .putLong(it.why().bytes())
                                        .putLong(it.why().maxBytes());
                            },
                            in -> new MessageFrame.Unanswered(
                                    in.getLong(),
                                    new MessageFrame.NoAnswer(
                                            getConstant(in, MessageFrame.Cause.class),
                                            in.getString(),
                                            in.getLong(),
                                            in.getLong()))),
                    FrameFormat.of(
                            19,
                            MessageFrame.Withdrawal.class,
                            (out, it) -> out.putLong(it.request()),
                            in -> new MessageFrame.Withdrawal(in.getLong()))));

    private MessageCodec() {}

    static WireFrame encode(MessageFrame frame) {
        return CODEC.encode(frame);
    }

    static MessageFrame decode(byte[] frame) {
        return CODEC.decode(frame, 0, frame.length);
    }

    private static void putParts(ValueWriter out, List<byte[]> parts) {
        out.putAll(parts, ValueWriter::putBytes);
    }

    private static List<byte[]> getParts(ValueReader in) {
        return in.getAll(ValueReader::getBytes);
    }
}
