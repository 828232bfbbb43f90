package org.understudy.process;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Frames, {@code length(4) content}, in both directions of one connection. One thread reads and one writes. They are the
 * threads of those who call, so that an answer costs no hand-over; and as a thread may be interrupted at any time, which
 * closes a channel that blocks, this one never does: it waits beside the channel, and keeps the interrupt for afterwards.
 */
final class Wire implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Wire.class.getName());
    private static final int BUFFER_BYTES = 32 * 1024;

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private volatile boolean closed;

    /** Takes a connection, which it closes when that fails. */
    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        Selector reading = null;
        Selector writing = null;
        try {
            channel.configureBlocking(false);
            if (!(channel.getRemoteAddress() instanceof UnixDomainSocketAddress)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            reading = Selector.open();
            channel.register(reading, SelectionKey.OP_READ);
            writing = Selector.open();
            channel.register(writing, SelectionKey.OP_WRITE);
        } catch (IOException e) {
            closeAll(reading, writing);
            throw e;
        }
        this.readable = reading;
        this.writable = writing;
    }

    /** Connects; an interrupt meanwhile is kept for afterwards. */
    static Wire connect(SocketAddress address) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return connectOnce(address);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Wire connectOnce(SocketAddress address) throws IOException {
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            channel.connect(address);
            return new Wire(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a frame, or keeps it until there is more to send; see {@link #flush}. */
    void put(byte[] content) throws IOException {
        if (out.remaining() < Integer.BYTES) {
            flush();
        }
        out.putInt(content.length);
        for (int done = 0; done < content.length; ) {
            int count = Math.min(out.remaining(), content.length - done);
            out.put(content, done, count);
            done += count;
            if (!out.hasRemaining()) {
                flush();
            }
        }
    }

    /** Sends what is kept. */
    void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            checkOpen();
            if (channel.write(out) == 0) {
                await(writable, Long.MAX_VALUE);
            }
        }
        out.clear();
    }

    /** The next frame, however long it takes to come. */
    byte[] take() throws IOException {
        return take(ProcessLimits.MAX_FRAME_BYTES, Long.MAX_VALUE);
    }

    /** The next frame, if it is no larger than so many bytes and here within some time. */
    byte[] take(int maxBytes, Duration within) throws IOException {
        return take(maxBytes, System.nanoTime() + within.toNanos());
    }

    private byte[] take(int maxBytes, long deadlineNanos) throws IOException {
        while (in.remaining() < Integer.BYTES) {
            in.compact();
            more(in, deadlineNanos);
            in.flip();
        }
        int length = in.getInt();
        if (length < 0 || length > maxBytes) {
            throw new IOException(
                    "a frame that says it has " + (length & 0xFFFF_FFFFL) + " bytes; up to " + maxBytes + " are taken");
        }
        byte[] content = new byte[length];
        for (int done = 0; done < length; ) {
            if (!in.hasRemaining()) {
                in.clear();
                more(in, deadlineNanos);
                in.flip();
            }
            int count = Math.min(in.remaining(), length - done);
            in.get(content, done, count);
            done += count;
        }
        return content;
    }

    private void more(ByteBuffer target, long deadlineNanos) throws IOException {
        int count;
        checkOpen();
        while ((count = channel.read(target)) == 0) {
            await(readable, deadlineNanos);
            checkOpen();
        }
        if (count < 0) {
            throw new EOFException("the other end is closed");
        }
    }

    private static void await(Selector selector, long deadlineNanos) throws IOException {
        boolean interrupted = false;
        try {
            int ready = 0;
            while (ready == 0 && selector.isOpen()) {
                interrupted |= Thread.interrupted();
                ready = deadlineNanos == Long.MAX_VALUE ? selector.select() : selector.select(left(deadlineNanos));
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long left(long deadlineNanos) throws IOException {
        long nanos = deadlineNanos - System.nanoTime();
        if (nanos <= 0) {
            throw new IOException("the other end does not answer");
        }
        return nanos / 1_000_000 + 1;
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    boolean isOpen() {
        return !closed;
    }

    /** Closes the connection; whoever reads or writes is told so. */
    @Override
    public void close() {
        closed = true;
        closeAll(readable, writable);
    }

    /** The channel is let go of when its last selector is. */
    private void closeAll(Selector... selectors) {
        closed = true;
        for (Selector selector : selectors) {
            close(selector);
        }
        close(channel);
    }

    private static void close(Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "USTDY-0531 a connection between two processes did not close well", e);
        }
    }
}
