package org.understudy.cdi.health;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.understudy.LocalStatus;
import org.understudy.SiteStatus;
import org.understudy.Status;

/** A health check's answer: up if all environments are, and with the data of each, its keys beginning with its name. */
final class HealthReport {

    private final HealthCheckResponseBuilder response;
    private boolean up = true;

    private HealthReport(String name) {
        this.response = HealthCheckResponse.named(name);
    }

    /**
     * The answer to a check.
     *
     * @param whyDown why an environment is down in this check's eyes; empty if it is up
     */
    static HealthCheckResponse of(
            String name, List<EnvironmentHealth> environments, Function<EnvironmentHealth, Optional<String>> whyDown) {
        HealthReport report = new HealthReport(name);
        environments.forEach(environment -> report.add(environment, whyDown.apply(environment)));
        return report.response.status(report.up).build();
    }

    private void add(EnvironmentHealth environment, Optional<String> reason) {
        String prefix = environment.name() + ".";
        environment.status().ifPresent(status -> add(prefix, status));
        environment.masterOnly().ifPresent(counts -> {
            response.withData(prefix + "calls-cut-off", counts.callsCutOff());
            response.withData(prefix + "ticks-missed", counts.ticksMissed());
        });
        reason.ifPresent(text -> response.withData(prefix + "reason", text));
        up &= reason.isEmpty();
    }

    private void add(String prefix, Status status) {
        LocalStatus local = status.local();
        local.name().ifPresent(site -> response.withData(prefix + "site", site));
        response.withData(prefix + "role", local.role().name());
        response.withData(prefix + "generation", local.generation());
        local.master().ifPresent(master -> response.withData(prefix + "master", master));
        response.withData(prefix + "lsn", local.standing().lsn());
        response.withData(prefix + "permanent-lsn", local.permanentLsn());
        response.withData(prefix + "lag", local.lagRecords());
        response.withData(prefix + "writable", local.writable());
        if (status.lease().isOn()) {
            response.withData(
                    prefix + "lease-held-millis", status.lease().held().toMillis());
        }
        response.withData(
                prefix + "members-up",
                status.sites().stream().filter(HealthReport::isUp).count());
        response.withData(prefix + "members-total", status.sites().size());
    }

    private static boolean isUp(SiteStatus site) {
        return site.local() || site.connected();
    }
}
