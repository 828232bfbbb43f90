package org.understudy.cdi;

import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.understudy.Environment;
import org.understudy.Role;

/** A group whose sites are applications of this JVM, each in a container of its own. */
final class ApplicationGroup implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Short times, so that the tests are; but nobody is missed who pauses with the machine. */
    private static final Map<String, String> QUICK = Map.of(
            "heartbeat-send", "100ms",
            "heartbeat-monitor", "3s",
            "election-timeout", "500ms",
            "election-retry", "500ms",
            "connection-retry", "100ms",
            "connection-retry-max", "500ms",
            "join-timeout", "10s",
            "durability", "WRITE_NO_SYNC");

    /** The environment of each application. */
    @Singleton
    static class Site {
        @Inject
        Environment environment;
    }

    private final List<Application.Started> applications = new ArrayList<>();

    /** Starts applications of some classes, and waits until all are members; further properties: names and values by turns. */
    static ApplicationGroup start(int sites, Path folder, List<String> properties, Class<?>... beans) {
        ApplicationGroup group = new ApplicationGroup();
        List<String> names = Stream.generate(Ports::free)
                .limit(sites)
                .map(port -> "localhost:" + port)
                .toList();
        Class<?>[] all = Stream.concat(Stream.of(beans), Stream.of(Site.class)).toArray(Class<?>[]::new);
        try {
            for (int i = 0; i < sites; i++) {
                List<String> settings = new ArrayList<>(List.of(
                        "understudy.home", folder.resolve("site-" + i).toString(),
                        "understudy.local-site", names.get(i),
                        "understudy.bootstrap-helpers", String.join(",", names),
                        "understudy.group-creator", Boolean.toString(i == 0)));
                QUICK.forEach((key, value) -> settings.addAll(List.of("understudy." + key, value)));
                settings.addAll(properties);
                group.applications.add(Application.start(settings, all));
            }
            group.applications.forEach(site -> await().atMost(PATIENCE)
                    .until(() -> environment(site).status().local().ready()
                            && environment(site).status().sites().size() == sites));
            return group;
        } catch (RuntimeException | Error e) {
            group.close();
            throw e;
        }
    }

    static Environment environment(Application.Started application) {
        return application.get(Site.class).environment;
    }

    static String name(Application.Started application) {
        return environment(application).config().localSite().orElseThrow();
    }

    /** The one that is master, once there is one. */
    Application.Started master() {
        await().atMost(PATIENCE).until(() -> applications.stream().anyMatch(ApplicationGroup::isMaster));
        return applications.stream()
                .filter(ApplicationGroup::isMaster)
                .findFirst()
                .orElseThrow();
    }

    /** Those that are not. */
    List<Application.Started> clients() {
        return applications.stream().filter(site -> !isMaster(site)).toList();
    }

    List<Application.Started> all() {
        return List.copyOf(applications);
    }

    private static boolean isMaster(Application.Started site) {
        return environment(site).role() == Role.MASTER;
    }

    /** Stops one for good. */
    void stop(Application.Started application) {
        applications.remove(application);
        application.close();
    }

    @Override
    public void close() {
        for (int i = applications.size() - 1; i >= 0; i--) {
            applications.get(i).close();
        }
    }
}
