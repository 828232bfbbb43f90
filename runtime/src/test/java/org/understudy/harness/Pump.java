package org.understudy.harness;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Carries the bytes of one direction of a connection, and its end, as the route allows. */
final class Pump {
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int MAX_QUEUED = 64;

    private final Socket from;
    private final Socket to;
    private final Route route;
    private final Relay relay;
    private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

    private enum Kind {
        DATA,
        END,
        RESET
    }

    private record Chunk(Kind kind, byte[] bytes, long arrivedNanos) {}

    Pump(Socket from, Socket to, Route route, Relay relay) {
        this.from = from;
        this.to = to;
        this.route = route;
        this.relay = relay;
    }

    /** Begins with bytes that were read already. */
    void start(byte[] first) {
        if (first.length > 0) {
            queue.add(new Chunk(Kind.DATA, first, System.nanoTime()));
        }
        relay.run(this::read);
        relay.run(this::write);
    }

    private void read() throws InterruptedException {
        Kind end = Kind.END;
        try {
            byte[] buffer = new byte[CHUNK_BYTES];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                queue.put(new Chunk(Kind.DATA, Arrays.copyOf(buffer, read), System.nanoTime()));
            }
        } catch (IOException broken) {
            end = Kind.RESET;
        }
        queue.put(new Chunk(end, new byte[0], System.nanoTime()));
    }

    private void write() throws InterruptedException {
        try {
            for (Chunk chunk = queue.take(); chunk.kind() == Kind.DATA; chunk = next(chunk)) {
                route.pass(chunk.arrivedNanos(), chunk.bytes().length);
                to.getOutputStream().write(chunk.bytes());
            }
            to.shutdownOutput();
            relay.ended();
        } catch (IOException broken) {
            relay.reset();
        }
    }

    /** The chunk behind one that was written; the end waits its time like anything else. */
    private Chunk next(Chunk written) throws InterruptedException, IOException {
        Chunk next = queue.take();
        if (next.kind() != Kind.DATA) {
            route.pass(next.arrivedNanos(), 0);
        }
        if (next.kind() == Kind.RESET) {
            throw new IOException("the other end was reset behind " + written.bytes().length + " bytes");
        }
        return next;
    }
}
