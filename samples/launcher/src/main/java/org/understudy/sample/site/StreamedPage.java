package org.understudy.sample.site;

import io.vertx.core.http.HttpServerResponse;
import org.understudy.sample.common.web.OpenPage;

/** A page by the response that feeds it. */
final class StreamedPage implements OpenPage {

    private final HttpServerResponse response;

    StreamedPage(HttpServerResponse response) {
        this.response = response;
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    @Override
    public boolean isGone() {
        return response.closed();
    }

    @Override
    public boolean keepsUp() {
        return !response.writeQueueFull();
    }

    @Override
    public void send(String topic, String value) {
        response.write("event: " + topic + "\ndata: " + value + "\n\n");
    }
}
