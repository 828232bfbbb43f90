package org.understudy.it.helidon;

import java.nio.file.Path;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.it.support.ShortTimes;

/** The other site of the application's group, in the test's process. */
final class Neighbour {

    private Neighbour() {}

    /** Opens it: the one that makes the group. */
    static Environment open(Path home, String site) {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(home)
                .group("helidon")
                .localSite(site)
                .groupCreator(true)
                .forwardWrites(true);
        ShortTimes.OPTIONS.forEach(builder::set);
        Environment environment = Environment.open(builder.build());
        environment.onMessage("greet", message -> message.reply("welcome " + message.text()));
        environment.start();
        return environment;
    }
}
