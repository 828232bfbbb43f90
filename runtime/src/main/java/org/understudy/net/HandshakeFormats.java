package org.understudy.net;

import static org.understudy.net.WireValues.getConstant;
import static org.understudy.net.WireValues.putConstant;

import java.util.List;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;
import org.understudy.net.Handshake.Busy;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Goodbye;
import org.understudy.net.Handshake.Greeting;
import org.understudy.net.Handshake.Refusal;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;

/** The frames of the {@link Handshake}. These stay as they are in every version, so that versions can refuse each other. */
final class HandshakeFormats {
    /** Codes below this are the handshake's, all others the messages'. */
    static final int FIRST_MESSAGE_CODE = 16;

    static final FrameCodec<Handshake> CODEC = new FrameCodec<>(
            WireLimits.MAX_HANDSHAKE_FRAME_BYTES,
            List.of(
                    FrameFormat.of(1, Greeting.class, HandshakeFormats::write, HandshakeFormats::greeting),
                    FrameFormat.of(
                            2,
                            Refusal.class,
                            (out, it) -> out.putString(reason(it.reason())),
                            in -> new Refusal(in.getString())),
                    FrameFormat.of(
                            3,
                            Busy.class,
                            (out, it) -> out.putString(reason(it.reason())),
                            in -> new Busy(in.getString())),
                    FrameFormat.of(
                            4,
                            Goodbye.class,
                            (out, it) -> out.putString(reason(it.reason())),
                            in -> new Goodbye(in.getString()))));

    private static final byte[] FOR_LATER_RELEASES = {};
    private static final int MAX_REASON_CHARS = 1000;

    private HandshakeFormats() {}

    static boolean isHandshake(byte[] frame) {
        return (frame[FrameCodec.PREFIX_BYTES] & 0xFF) < FIRST_MESSAGE_CODE;
    }

    static Handshake decode(byte[] frame) {
        return CODEC.decode(frame, 0, frame.length);
    }

    private static void write(ValueWriter out, Greeting greeting) {
        Hello hello = greeting.hello();
        out.putInt(hello.version())
                .putLong(hello.features())
                .putString(hello.group())
                .putUuid(hello.groupId())
                .putString(hello.site())
                .putString(hello.dialled())
                .putUuid(hello.incarnation());
        putConstant(out, hello.kind());
        out.putUuid(greeting.process())
                .putLong(greeting.number())
                .putUuid(greeting.known().process())
                .putLong(greeting.known().number())
                .putBytes(FOR_LATER_RELEASES);
    }

    private static Greeting greeting(ValueReader in) {
        Greeting greeting = new Greeting(
                new Hello(
                        in.getInt(),
                        in.getLong(),
                        in.getString(),
                        in.getUuid(),
                        in.getString(),
                        in.getString(),
                        in.getUuid(),
                        getConstant(in, ConnectionKind.class)),
                in.getUuid(),
                in.getLong(),
                new ConnectionId(in.getUuid(), in.getLong()));
        in.getBytes();
        return greeting;
    }

    private static String reason(String reason) {
        return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    }
}
