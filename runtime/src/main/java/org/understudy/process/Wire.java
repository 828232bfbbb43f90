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
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import org.understudy.thread.LibraryPool;

/**
 * Frames, {@code length(4) content}, in both directions of one connection. One thread reads and one writes. They are the
 * threads of those who call, so that an answer costs no hand-over; and as a thread may be interrupted at any time, which
 * closes a channel that blocks, this one never does: it waits beside the channel, and keeps the interrupt for afterwards.
 */
final class Wire implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Wire.class.getName());
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final Patience FOREVER = times -> 0;

    /** Silence is waited out in parts: a standstill of this machine, or of this process, counts for one of them only. */
    private static final int PARTS = 4;

    /** How long to wait for the other end. */
    private interface Patience {

        /** How many milliseconds to wait after so many times in vain: 0 is for ever, less than that no longer. */
        long millis(int times);
    }

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

    /**
     * Connects; an interrupt meanwhile is kept for afterwards. Where so many wait to be let in that the system has the next
     * one wait, as they do at a process that hangs, that is for a while only.
     */
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
        Future<?> givenUp = LibraryPool.later(ProcessLimits.GREETING_TIME, () -> close(channel));
        try {
            channel.connect(address);
            return new Wire(channel);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (AsynchronousCloseException e) {
            throw new SilenceException();
        } catch (IOException e) {
            channel.close();
            throw e;
        } finally {
            givenUp.cancel(false);
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
                await(writable, FOREVER);
            }
        }
        out.clear();
    }

    /** The next frame, however long it takes to come. */
    byte[] take() throws IOException {
        return take(ProcessLimits.MAX_FRAME_BYTES, FOREVER);
    }

    /** The next frame, however long it takes to come, unless for some time there is not one byte. */
    byte[] takeUnlessSilent(Duration silence) throws IOException {
        long partMillis = silence.toMillis() / PARTS;
        return take(ProcessLimits.MAX_FRAME_BYTES, times -> times < PARTS ? partMillis : -1);
    }

    /** The next frame, if it is no larger than so many bytes and here within some time. */
    byte[] take(int maxBytes, Duration within) throws IOException {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        return take(maxBytes, times -> left(deadlineNanos));
    }

    private byte[] take(int maxBytes, Patience patience) throws IOException {
        while (in.remaining() < Integer.BYTES) {
            in.compact();
            more(in, patience);
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
                more(in, patience);
                in.flip();
            }
            int count = Math.min(in.remaining(), length - done);
            in.get(content, done, count);
            done += count;
        }
        return content;
    }

    private void more(ByteBuffer target, Patience patience) throws IOException {
        int count;
        checkOpen();
        while ((count = channel.read(target)) == 0) {
            await(readable, patience);
            checkOpen();
        }
        if (count < 0) {
            throw new EOFException("the other end is closed");
        }
    }

    private static void await(Selector selector, Patience patience) throws IOException {
        boolean interrupted = false;
        try {
            int ready = 0;
            for (int times = 0; ready == 0 && selector.isOpen(); times++) {
                interrupted |= Thread.interrupted();
                long millis = patience.millis(times);
                if (millis < 0) {
                    throw new SilenceException();
                }
                ready = selector.select(millis);
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

    private static long left(long deadlineNanos) {
        long nanos = deadlineNanos - System.nanoTime();
        return nanos <= 0 ? -1 : nanos / 1_000_000 + 1;
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
