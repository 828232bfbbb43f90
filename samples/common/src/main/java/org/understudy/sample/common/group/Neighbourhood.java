package org.understudy.sample.common.group;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.understudy.Environment;
import org.understudy.SiteStatus;
import org.understudy.Status;

/** Asks the other sites how they are, and puts the group together from their answers and this site's own view. */
@ApplicationScoped
public class Neighbourhood {

    private static final long ASKING_PERIOD_MILLIS = 500;
    private static final long ANSWER_TIMEOUT_MILLIS = 400;

    private final Map<String, SiteReport> answers = new ConcurrentHashMap<>();

    @Inject
    Vertx vertx;

    @Inject
    Jsonb json;

    @Inject
    Environment environment;

    @Inject
    Directory directory;

    void start(@Observes Startup event) {
        HttpClient client = vertx.createHttpClient();
        vertx.setPeriodic(ASKING_PERIOD_MILLIS, timer -> directory.others().forEach(site -> ask(client, site)));
    }

    /** What this site says about itself. */
    public SiteReport self() {
        return SiteReport.of(directory.local(), environment.status().local());
    }

    /** The group, as well as it is known here. */
    public GroupReport group() {
        Status status = environment.status();
        List<GroupReport.Member> members =
                directory.all().stream().map(site -> member(site, status)).toList();
        Optional<Integer> master =
                status.local().master().flatMap(directory::find).map(Neighbour::number);
        return new GroupReport(directory.local().number(), master, members);
    }

    private GroupReport.Member member(Neighbour site, Status status) {
        boolean here = site.equals(directory.local());
        boolean connected =
                here || status.site(site.site()).filter(SiteStatus::connected).isPresent();
        Optional<SiteReport> report =
                here ? Optional.of(SiteReport.of(site, status.local())) : Optional.ofNullable(answers.get(site.site()));
        return new GroupReport.Member(site.number(), site.site(), site.page(), connected, report);
    }

    private void ask(HttpClient client, Neighbour site) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(site.page().getHost())
                .setPort(site.page().getPort())
                .setURI("/status");
        client.request(request)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .timeout(ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(body -> answered(site, body))
                .onFailure(silence -> answers.remove(site.site()));
    }

    private void answered(Neighbour site, Buffer body) {
        try {
            answers.put(site.site(), json.fromJson(body.toString(), SiteReport.class));
        } catch (JsonbException notOurs) {
            answers.remove(site.site());
        }
    }
}
