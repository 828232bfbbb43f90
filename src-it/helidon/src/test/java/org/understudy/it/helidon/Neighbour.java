package org.understudy.it.helidon;

import java.nio.file.Path;
import java.util.Map;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;

/** The other site of the application's group, in the test's process. */
final class Neighbour {

    private static final Map<String, String> SETTINGS = Map.of(
            "group", "helidon",
            "forward-writes", "true",
            "heartbeat-send", "100ms",
            "heartbeat-monitor", "1s",
            "election-timeout", "500ms",
            "election-retry", "500ms",
            "connection-retry", "100ms",
            "connection-retry-max", "500ms",
            "quorum-loss-timeout", "1s",
            "durability", "WRITE_NO_SYNC");

    private Neighbour() {}

    /** Opens it: the one that makes the group. */
    static Environment open(Path home, String site) {
        EnvironmentConfigBuilder builder =
                EnvironmentConfig.builder(home).localSite(site).groupCreator(true);
        SETTINGS.forEach(builder::set);
        Environment environment = Environment.open(builder.build());
        environment.onMessage("greet", message -> message.reply("welcome " + message.text()));
        environment.start();
        return environment;
    }
}
