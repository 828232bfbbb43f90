package org.understudy.sample.common.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.understudy.Environment;
import org.understudy.SiteStatus;
import org.understudy.Status;
import org.understudy.sample.common.Chores;

/** Asks the other sites how they are, and puts the group together from their answers and this site's own view. */
@ApplicationScoped
public class Neighbourhood {

    private static final long ASKING_PERIOD_MILLIS = 500;
    private static final int ANSWER_TIMEOUT_MILLIS = 400;

    private final Map<String, SiteReport> answers = new ConcurrentHashMap<>();

    @Inject
    Chores chores;

    @Inject
    Jsonb json;

    @Inject
    Environment environment;

    @Inject
    Directory directory;

    @Inject
    Terminal terminal;

    @Inject
    @ConfigProperty(name = "sample.server", defaultValue = "a server")
    String server;

    @Inject
    @ConfigProperty(name = "sample.health", defaultValue = "/health")
    URI health;

    void start(@Observes Startup event) {
        directory.others().forEach(site -> chores.every(ASKING_PERIOD_MILLIS, () -> ask(site)));
    }

    /** What this site says about itself. */
    public SiteReport self() {
        return report(environment.status());
    }

    /** The group, as well as it is known here. */
    public GroupReport group() {
        Status status = environment.status();
        List<GroupReport.Member> members =
                directory.all().stream().map(site -> member(site, status)).toList();
        Optional<String> master = status.local().master().map(directory::title);
        return new GroupReport(directory.local().number(), master, health, terminal.isThere(), members);
    }

    private GroupReport.Member member(Neighbour site, Status status) {
        boolean here = site.equals(directory.local());
        boolean connected =
                here || status.site(site.site()).filter(SiteStatus::connected).isPresent();
        Optional<SiteReport> report =
                here ? Optional.of(report(status)) : Optional.ofNullable(answers.get(site.site()));
        return new GroupReport.Member(site.number(), site.site(), site.page(), connected, report);
    }

    private SiteReport report(Status status) {
        return SiteReport.of(directory.local(), server, status.local());
    }

    private void ask(Neighbour site) {
        try {
            URLConnection request = site.page().resolve("api/status").toURL().openConnection();
            request.setConnectTimeout(ANSWER_TIMEOUT_MILLIS);
            request.setReadTimeout(ANSWER_TIMEOUT_MILLIS);
            try (InputStream answer = request.getInputStream()) {
                answers.put(site.site(), json.fromJson(answer, SiteReport.class));
            }
        } catch (IOException | JsonbException noAnswerOfOurs) {
            answers.remove(site.site());
        }
    }
}
