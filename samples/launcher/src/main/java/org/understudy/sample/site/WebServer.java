package org.understudy.sample.site;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.sample.common.group.Announcer;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.group.Neighbourhood;
import org.understudy.sample.common.group.News;
import org.understudy.sample.common.group.Tone;
import org.understudy.sample.common.web.Buttons;
import org.understudy.sample.common.web.Headers;
import org.understudy.sample.common.web.LiveFeed;
import org.understudy.sample.common.web.LocalRequests;

/** Serves the page, what feeds it, its buttons, and the health probes. Only on loopback. */
@ApplicationScoped
class WebServer {

    private static final System.Logger LOG = System.getLogger(WebServer.class.getName());
    private static final String API = "/api/";

    @Inject
    Vertx vertx;

    @Inject
    Jsonb json;

    @Inject
    Directory directory;

    @Inject
    Neighbourhood neighbourhood;

    @Inject
    LiveFeed feed;

    @Inject
    Buttons buttons;

    @Inject
    SmallRyeHealthReporter health;

    void start(@Observes Startup event) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(directory.local().page().getPort());
        vertx.createHttpServer(options).requestHandler(this::handle).listen().await();
        Announcer.tell(
                new News(Tone.GOOD, "serves its page, " + directory.local().page()));
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        Headers.ALL.forEach(response::putHeader);
        if (!LocalRequests.allows(header(request, "Host"), header(request, "Origin"))) {
            end(response, 403, "text/plain", Buffer.buffer("Only this page, on this machine, may ask that.\n"));
            return;
        }
        switch (request.method().name()) {
            case "GET" -> get(request.path(), response);
            case "POST" -> post(request, response);
            default -> end(response, 405, "text/plain", Buffer.buffer("GET and POST only.\n"));
        }
    }

    private static Optional<String> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    private void get(String path, HttpServerResponse response) {
        switch (path) {
            case API + "stream" -> feed.open(new StreamedPage(response));
            case API + "status" -> json(response, 200, neighbourhood.self());
            case "/health" -> health(response, health::getHealth);
            case "/health/live" -> health(response, health::getLiveness);
            case "/health/ready" -> health(response, health::getReadiness);
            case "/health/started" -> health(response, health::getStartup);
            default ->
                PageFiles.find(path)
                        .ifPresentOrElse(
                                file -> end(response, 200, file.type(), Buffer.buffer(file.content())),
                                () -> end(
                                        response,
                                        404,
                                        "text/plain",
                                        Buffer.buffer("There is no " + path + " here.\n")));
        }
    }

    private void post(HttpServerRequest request, HttpServerResponse response) {
        String button = request.path().startsWith(API) ? request.path().substring(API.length()) : "";
        work(
                response,
                () -> buttons.press(button, name -> Optional.ofNullable(request.getParam(name))
                        .orElse("")),
                answer -> json(response, answer.status(), answer));
    }

    private void health(HttpServerResponse response, Supplier<SmallRyeHealth> probe) {
        work(
                response,
                probe::get,
                result -> end(
                        response,
                        result.isDown() ? 503 : 200,
                        "application/json",
                        Buffer.buffer(result.getPayload().toString())));
    }

    /** What may wait is done by a worker. */
    private <T> void work(HttpServerResponse response, Callable<T> work, Consumer<T> then) {
        vertx.executeBlocking(work, false).onSuccess(then::accept).onFailure(bug -> {
            LOG.log(Level.ERROR, "A request failed", bug);
            end(response, 500, "text/plain", Buffer.buffer("That failed: " + bug + ". The site's log has more.\n"));
        });
    }

    private Future<Void> json(HttpServerResponse response, int status, Object value) {
        return end(response, status, "application/json", Buffer.buffer(json.toJson(value)));
    }

    private static Future<Void> end(HttpServerResponse response, int status, String type, Buffer body) {
        return response.setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
