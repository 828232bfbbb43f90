package org.understudy.sample.server;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import org.understudy.sample.common.web.OpenPage;

/** A page by the sink of events that feeds it. */
final class StreamedPage implements OpenPage {

    private final SseEventSink sink;
    private final Sse sse;
    private volatile CompletableFuture<?> lastSent = CompletableFuture.completedFuture(null);

    StreamedPage(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    /** One to which nothing can be sent any more has gone: nothing else tells a server that nobody looks. */
    @Override
    public boolean isGone() {
        return sink.isClosed() || lastSent.isCompletedExceptionally();
    }

    @Override
    public boolean keepsUp() {
        return lastSent.isDone();
    }

    @Override
    public void send(String topic, String value) {
        try {
            lastSent = sink.send(sse.newEvent(topic, value)).toCompletableFuture();
        } catch (IllegalStateException closedMeanwhile) {
            lastSent = CompletableFuture.failedFuture(closedMeanwhile);
        }
    }
}
