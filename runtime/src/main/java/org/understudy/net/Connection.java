package org.understudy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One TCP connection: frames in, frames out, both counted. Used on the event loop only.
 *
 * <p>It stands in the channel's pipeline before Vert.x's own handler: frames are read from the socket's buffer with one
 * copy, and what waits to leave stays in the arrays it is stored in until the socket takes it.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    /** The reason when the other end closed it without a word. */
    static final String CLOSED_BY_OTHER = "the other end closed the connection";

    private static final int OUT_BUFFER_BYTES = 256 * 1024;
    private static final WriteBufferWaterMark IN_THE_CHANNEL =
            new WriteBufferWaterMark(2 * OUT_BUFFER_BYTES, 4 * OUT_BUFFER_BYTES);
    private static final int READ_BYTES = 64 * 1024;
    private static final int READS_PER_TURN = 8;

    private final NetSocket socket;
    private final Station station;

    /** Where it was made and Vert.x still looks for it, if it has moved. */
    private final Optional<Station> home;

    private final Traffic traffic = new Traffic();
    private final ChannelHandlerContext vertxHandler;
    private final FrameAssembler assembler = new FrameAssembler();
    private final Deque<WireFrame> queue = new ArrayDeque<>();

    private ConnectionOwner owner;
    private int sentOfFirst;
    private long queuedBytes;
    private boolean overWindow;
    private boolean written;
    private boolean closed;
    private int unsent;
    private long quietSinceNanos;

    /** Takes a socket over on the loop it was made on. */
    Connection(NetSocket socket, ConnectionOwner owner, Station station) {
        this(socket, owner, station, Optional.empty());
        Channel channel = vertxHandler.channel();
        channel.config().setWriteBufferWaterMark(IN_THE_CHANNEL);
        // Few and small reads per turn: a connection that is full of bulk must leave room for the others.
        channel.config()
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, READ_BYTES / 8, READ_BYTES)
                        .maxMessagesPerRead(READS_PER_TURN));
        if (vertxHandler.isRemoved()) {
            // Closed before we came to it.
            station.later(() -> close(CLOSED_BY_OTHER));
        } else {
            channel.pipeline().addBefore(vertxHandler.name(), "understudy", this);
        }
        socket.exceptionHandler(this::fail);
        socket.closeHandler(gone -> close(CLOSED_BY_OTHER));
    }

    private Connection(NetSocket socket, ConnectionOwner owner, Station station, Optional<Station> home) {
        this.socket = socket;
        this.owner = owner;
        this.station = station;
        this.home = home;
        this.vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        this.quietSinceNanos = System.nanoTime();
    }

    /** Gives the connection to another owner, once the handshake is done. */
    void handOver(ConnectionOwner next) {
        owner = next;
        assembler.handshakeDone(next.maxFrameBytes());
    }

    /**
     * Takes the connection from this loop to another one, between two frames. This object is done with; the one there goes
     * to {@code arrived}, on that loop, unless the connection is closed first.
     */
    void moveTo(Station there, ConnectionOwner nextOwner, Consumer<Connection> arrived) {
        flush();
        closed = true;
        station.closed(this);
        Connection moved = new Connection(socket, nextOwner, there, Optional.of(station));
        Channel channel = vertxHandler.channel();
        channel.pipeline().replace(this, "understudy", moved);
        channel.deregister()
                .addListener(left -> there.eventLoop().register(channel).addListener(registered -> there.eventLoop()
                        .execute(() -> moved.arrived(arrived))));
    }

    private void arrived(Consumer<Connection> then) {
        station.dispatch(() -> {
            station.add(this);
            if (station.isClosed() || !vertxHandler.channel().isRegistered()) {
                close("this site shuts down");
            } else if (vertxHandler.channel().isActive()) {
                then.accept(this);
            } else {
                close(CLOSED_BY_OTHER);
            }
        });
    }

    /** Queues a frame; it leaves at the end of the turn. */
    void send(WireFrame frame) {
        if (closed) {
            return;
        }
        queue.add(frame);
        queuedBytes += frame.length();
        overWindow |= !isWritable();
        if (queuedBytes > station.options().sendBufferBytes()) {
            close("more than " + station.options().sendBufferBytes()
                    + " bytes wait to be sent: the other end reads too slowly");
        } else if (!written) {
            written = true;
            station.turn().wrote(this);
        }
    }

    /** Hands to the socket what it takes now; the rest follows when it takes more. */
    void flush() {
        written = false;
        Channel channel = vertxHandler.channel();
        while (!closed && !queue.isEmpty() && channel.isWritable()) {
            ByteBuf out = vertxHandler.alloc().directBuffer((int) Math.min(queuedBytes, OUT_BUFFER_BYTES));
            fill(out);
            traffic.sent(out.readableBytes());
            station.traffic().sent(out.readableBytes());
            vertxHandler.write(out, vertxHandler.voidPromise());
        }
        if (closed) {
            return;
        }
        vertxHandler.flush();
        if (overWindow && queuedBytes < station.options().bulkWindowBytes() / 2) {
            overWindow = false;
            owner.drained(this);
        }
    }

    /** Sends a last frame and closes. */
    void closeWith(WireFrame last, String reason) {
        send(last);
        flush();
        close(reason);
    }

    /** Closes at once; what waits to leave is lost. The owner is told. */
    void close(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        unsent = queue.size();
        queue.clear();
        queuedBytes = 0;
        station.closed(this);
        owner.closed(this, reason);
        if (home.isEmpty()) {
            socket.close();
        } else {
            closeChannel();
        }
    }

    /** From here outwards, for Vert.x's handler believes to be on another loop; it is told when it is done. */
    private void closeChannel() {
        ChannelHandlerContext here = vertxHandler.channel().pipeline().context(this);
        if (here != null) {
            here.close();
        }
    }

    /** How many frames had not left when it was closed. */
    int unsent() {
        return unsent;
    }

    void pause() {
        vertxHandler.channel().config().setAutoRead(false);
    }

    void resume() {
        quietSinceNanos = System.nanoTime();
        vertxHandler.channel().config().setAutoRead(true);
    }

    /** Whether little enough waits to leave for bulk to go on. */
    boolean isWritable() {
        return queuedBytes < station.options().bulkWindowBytes();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether half a frame has been here for so long without another byte of it. */
    boolean isStalled(long nowNanos, long timeoutNanos) {
        return assembler.isWaiting()
                && vertxHandler.channel().config().isAutoRead()
                && nowNanos - quietSinceNanos > timeoutNanos;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    Traffic traffic() {
        return traffic;
    }

    String remoteAddress() {
        return String.valueOf(socket.remoteAddress());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        station.dispatch(() -> read((ByteBuf) message));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (home.isEmpty()) {
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && !queue.isEmpty()) {
            station.dispatch(this::flush);
        }
        if (home.isEmpty()) {
            context.fireChannelWritabilityChanged();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (home.isEmpty()) {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        station.dispatch(() -> close(CLOSED_BY_OTHER));
        if (home.isEmpty()) {
            context.fireChannelInactive();
        } else {
            home.get().later(this::tellVertx);
        }
    }

    /** Vert.x counts its connections, on the loop it made them on. */
    private void tellVertx() {
        try {
            ((ChannelInboundHandler) vertxHandler.handler()).channelInactive(vertxHandler);
        } catch (Exception e) {
            fail(e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        station.dispatch(() -> fail(failure));
    }

    private void read(ByteBuf in) {
        try {
            traffic.received(in.readableBytes());
            station.traffic().received(in.readableBytes());
            quietSinceNanos = System.nanoTime();
            while (!closed && !station.isClosed() && assembler.read(in)) {
                owner.frame(this, assembler.take());
            }
        } catch (BadFrameException bad) {
            close("it sent bytes that are no frame of this protocol: " + bad.getMessage());
        } finally {
            in.release();
        }
    }

    private void fail(Throwable failure) {
        if (!(failure instanceof IOException)) {
            station.log().failed(station.localSite(), remoteAddress(), failure);
        }
        close("the connection failed: " + failure);
    }

    private void fill(ByteBuf out) {
        int room = out.writableBytes();
        while (room > 0 && !queue.isEmpty()) {
            WireFrame frame = queue.peek();
            int inHead = Math.min(room, Math.max(0, frame.head().length - sentOfFirst));
            if (inHead > 0) {
                out.writeBytes(frame.head(), sentOfFirst, inHead);
            }
            int tailSent = Math.max(0, sentOfFirst + inHead - frame.head().length);
            int inTail = Math.min(room - inHead, frame.tailLength() - tailSent);
            out.writeBytes(frame.tail(), frame.tailOffset() + tailSent, inTail);
            sentOfFirst += inHead + inTail;
            room -= inHead + inTail;
            queuedBytes -= inHead + inTail;
            if (sentOfFirst == frame.length()) {
                queue.remove();
                sentOfFirst = 0;
            }
        }
    }
}
