package org.understudy.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.understudy.SiteAddress;

/**
 * A network that breaks on command: stands at the addresses of all sites of a group, carries what they send each other to
 * where they listen, and knows from the greeting who talks to whom.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int MAX_GREETING_BYTES = 64 * 1024;
    private static final int GREETING_MILLIS = 5_000;
    private static final int CONNECT_MILLIS = 2_000;

    private final Map<String, String> listening;
    private final Map<List<String>, Route> routes = new LinkedHashMap<>();
    private final List<ServerSocket> entrances = new ArrayList<>();

    /** Stands at each of these names; {@code listening} says where that site listens. */
    public FaultProxy(Map<String, String> listening) {
        this.listening = Map.copyOf(listening);
        for (String from : listening.keySet()) {
            listening.keySet().stream()
                    .filter(to -> !to.equals(from))
                    .forEach(to -> routes.put(List.of(from, to), new Route()));
        }
        listening.keySet().forEach(this::open);
    }

    /** The way from one site to another. */
    public Route route(String from, String to) {
        return routes.get(List.of(from, to));
    }

    /** All ways there are. */
    public Collection<Route> routes() {
        return routes.values();
    }

    private void open(String name) {
        SiteAddress address = SiteAddress.parse(name);
        try {
            ServerSocket entrance = new ServerSocket();
            entrances.add(entrance);
            entrance.setReuseAddress(true);
            entrance.bind(new InetSocketAddress(address.host(), address.port()));
            daemon(() -> acceptAll(entrance, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket entrance, String name) {
        while (!entrance.isClosed()) {
            try {
                Socket dialler = entrance.accept();
                daemon(() -> welcome(dialler, name));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void welcome(Socket dialler, String to) {
        try {
            dialler.setTcpNoDelay(true);
            ByteArrayOutputStream greeting = new ByteArrayOutputStream();
            Optional<String> from = greet(dialler, to, greeting);
            if (from.isEmpty()) {
                Relay.close(dialler, true);
                return;
            }
            route(from.get(), to).pass(System.nanoTime(), 0);
            connect(dialler, from.get(), to, greeting.toByteArray());
        } catch (IOException nobodyThere) {
            Relay.close(dialler, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect(Socket dialler, String from, String to, byte[] greeting) throws IOException {
        SiteAddress address = SiteAddress.parse(listening.get(to));
        Socket site = new Socket();
        try {
            site.setTcpNoDelay(true);
            site.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            site.close();
            throw e;
        }
        new Relay(dialler, site, route(from, to), route(to, from)).start(greeting);
    }

    /** Reads until the dialler has said its name; empty if it never did. */
    private Optional<String> greet(Socket dialler, String to, ByteArrayOutputStream greeting) throws IOException {
        dialler.setSoTimeout(GREETING_MILLIS);
        byte[] buffer = new byte[1024];
        while (greeting.size() < MAX_GREETING_BYTES) {
            int read = dialler.getInputStream().read(buffer);
            if (read < 0) {
                return Optional.empty();
            }
            greeting.write(buffer, 0, read);
            String text = greeting.toString(StandardCharsets.ISO_8859_1);
            Optional<String> from = listening.keySet().stream()
                    .filter(name -> !name.equals(to) && text.contains(name))
                    .findFirst();
            if (from.isPresent()) {
                dialler.setSoTimeout(0);
                return from;
            }
        }
        return Optional.empty();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends every connection, and leaves the names. */
    @Override
    public void close() {
        for (ServerSocket entrance : entrances) {
            try {
                entrance.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        routes.values().forEach(Route::reset);
    }
}
