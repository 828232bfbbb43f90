package org.understudy.it.redeploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Where OpenTelemetry sends metrics to, by its own protocol over HTTP. */
final class MetricsEndpoint implements AutoCloseable {

    private static final String PATH = "/v1/metrics";

    private final HttpServer server;
    private final List<String> exports = new CopyOnWriteArrayList<>();

    MetricsEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::take);
        server.start();
    }

    /** The settings of an application whose metrics come here. */
    List<String> settings() {
        return List.of(
                "otel.sdk.disabled=false",
                "otel.traces.exporter=none",
                "otel.logs.exporter=none",
                "otel.metrics.exporter=otlp",
                "otel.metric.export.interval=200",
                "otel.exporter.otlp.protocol=http/protobuf",
                "otel.exporter.otlp.endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort(),
                "otel.exporter.otlp.metrics.endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort() + PATH);
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            // Texts stand as they are in what the protocol sends.
            exports.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Whether all of these texts were in one export. */
    boolean hasSeen(String... texts) {
        return exports.stream().anyMatch(export -> List.of(texts).stream().allMatch(export::contains));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
