package org.understudy.net;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.understudy.net.Handshake.ConnectionId;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** The other end of a connection, which does as it likes: a plain socket. */
final class RawPeer implements AutoCloseable {
    static final String NAME = "127.0.0.1:1";

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final UUID incarnation;
    private final UUID process;
    private final TestSite site;

    private RawPeer(TestSite site, UUID incarnation, UUID process) {
        this.site = site;
        this.incarnation = incarnation;
        this.process = process;
        io(() -> {
            socket.setReceiveBufferSize(64 * 1024);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()), PATIENCE_MILLIS);
            return socket;
        });
    }

    /** A connection to this site on which nothing was said yet. */
    static RawPeer to(TestSite site) {
        return new RawPeer(site, UUID.randomUUID(), UUID.randomUUID());
    }

    /** Another connection from the same process. */
    RawPeer again() {
        return new RawPeer(site, incarnation, process);
    }

    /** Another connection after a restart. */
    RawPeer restarted() {
        return new RawPeer(site, incarnation, UUID.randomUUID());
    }

    UUID process() {
        return process;
    }

    Peer peer() {
        return new Peer(NAME, incarnation);
    }

    Hello hello() {
        return new Hello(
                Hello.VERSION,
                Hello.FEATURES,
                "quotes",
                TestSite.GROUP,
                NAME,
                site.name(),
                incarnation,
                ConnectionKind.MAIN);
    }

    RawPeer greet(long number) {
        return greet(hello(), number, ConnectionId.NONE);
    }

    RawPeer greet(Hello hello, long number, ConnectionId known) {
        return send(HandshakeFormats.CODEC
                .encode(new Greeting(hello, process, number, known))
                .toByteArray());
    }

    RawPeer send(Message message) {
        return send(WireCodec.encode(message).toByteArray());
    }

    RawPeer send(byte[] bytes) {
        io(() -> {
            socket.getOutputStream().write(bytes);
            return bytes;
        });
        return this;
    }

    Handshake readHandshake() {
        return HandshakeFormats.decode(readFrame());
    }

    Message readMessage() {
        return WireCodec.decode(readFrame());
    }

    /** Reads to the end, which must come. */
    void awaitClosed() {
        io(() -> {
            try {
                return socket.getInputStream().readAllBytes();
            } catch (SocketException reset) {
                return new byte[0];
            }
        });
    }

    @Override
    public void close() {
        io(() -> {
            socket.close();
            return socket;
        });
    }

    private byte[] readFrame() {
        return io(() -> {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            byte[] frame = ByteBuffer.allocate(8 + length).putInt(length).array();
            in.readFully(frame, 4, 4 + length);
            return frame;
        });
    }

    private interface Io<T> {
        T call() throws IOException;
    }

    private static <T> T io(Io<T> call) {
        try {
            return call.call();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
