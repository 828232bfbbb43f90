package org.understudy.sample.common.web;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.understudy.sample.common.group.Announcer;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.group.Neighbourhood;
import org.understudy.sample.common.group.News;
import org.understudy.sample.common.group.Tone;

/** Serves the page, what feeds it, its buttons, and the health probes. Only on loopback. */
@ApplicationScoped
class WebServer {

    private static final System.Logger LOG = System.getLogger(WebServer.class.getName());

    /** As after {@code kill -9}. */
    private static final int KILLED = 137;

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
    Instance<Button> buttons;

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
        HttpServerResponse response = request.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'self'");
        if (!LocalRequests.allows(request)) {
            end(response, 403, "text/plain", Buffer.buffer("Only this page, on this machine, may ask that.\n"));
            return;
        }
        switch (request.method().name()) {
            case "GET" -> get(request.path(), response);
            case "POST" -> post(request, response);
            default -> end(response, 405, "text/plain", Buffer.buffer("GET and POST only.\n"));
        }
    }

    private void get(String path, HttpServerResponse response) {
        switch (path) {
            case "/stream" -> feed.open(response);
            case "/status" -> json(response, 200, neighbourhood.self());
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
        if (request.path().equals("/kill")) {
            json(response, 202, Answer.done("This process is gone."))
                    .onComplete(sent -> Runtime.getRuntime().halt(KILLED));
            return;
        }
        MultiMap parameters = request.params();
        buttons.stream()
                .filter(button -> button.path().equals(request.path()))
                .findFirst()
                .ifPresentOrElse(
                        button -> act(
                                response,
                                () -> button.press(name -> Optional.ofNullable(parameters.get(name))
                                        .orElse(""))),
                        () -> json(response, 404, Answer.refused(404, "There is no such button.")));
    }

    private void act(HttpServerResponse response, Callable<Answer> action) {
        vertx.executeBlocking(action, false)
                .onSuccess(answer -> json(response, answer.status(), answer))
                .onFailure(bug -> fail(response, bug));
    }

    private void health(HttpServerResponse response, Supplier<SmallRyeHealth> probe) {
        vertx.executeBlocking(probe::get, false)
                .onSuccess(result -> end(
                        response,
                        result.isDown() ? 503 : 200,
                        "application/json",
                        Buffer.buffer(result.getPayload().toString())))
                .onFailure(bug -> fail(response, bug));
    }

    private void fail(HttpServerResponse response, Throwable bug) {
        LOG.log(Level.ERROR, "A request failed", bug);
        json(response, 500, Answer.refused(500, "That failed: " + bug + ". The site's log has more."));
    }

    private Future<Void> json(HttpServerResponse response, int status, Object value) {
        return end(response, status, "application/json", Buffer.buffer(json.toJson(value)));
    }

    private static Future<Void> end(HttpServerResponse response, int status, String type, Buffer body) {
        return response.setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
