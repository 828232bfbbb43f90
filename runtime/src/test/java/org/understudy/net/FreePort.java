package org.understudy.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on, outside of the range that the system takes the ports of outgoing connections from: a
 * site that restarts must find its port free.
 */
final class FreePort {
    private static final int FIRST = 10_000;
    private static final int LAST = 32_000;

    private FreePort() {}

    static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Somebody listens there: try another.
                continue;
            }
        }
    }
}
