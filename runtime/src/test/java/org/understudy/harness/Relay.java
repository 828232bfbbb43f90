package org.understudy.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection between two sites that goes through the proxy. */
final class Relay {
    private static final int DIRECTIONS = 2;

    private final Socket dialler;
    private final Socket site;
    private final Route there;
    private final Route back;
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /** A part of the work, on a thread of its own. */
    interface Work {
        void run() throws InterruptedException;
    }

    Relay(Socket dialler, Socket site, Route there, Route back) {
        this.dialler = dialler;
        this.site = site;
        this.there = there;
        this.back = back;
    }

    /** Begins to carry; {@code greeting} was read from the dialler already. */
    void start(byte[] greeting) {
        there.add(this);
        back.add(this);
        new Pump(dialler, site, there, this).start(greeting);
        new Pump(site, dialler, back, this).start(new byte[0]);
    }

    synchronized void run(Work work) {
        if (closed) {
            return;
        }
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** One direction has said everything. */
    void ended() {
        if (ended.incrementAndGet() == DIRECTIONS) {
            close(false);
        }
    }

    /** Ends the connection as a network does that forgot about it: both ends get a reset. */
    void reset() {
        close(true);
    }

    private synchronized void close(boolean reset) {
        if (closed) {
            return;
        }
        closed = true;
        there.remove(this);
        back.remove(this);
        close(dialler, reset);
        close(site, reset);
        threads.forEach(Thread::interrupt);
    }

    static void close(Socket socket, boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
