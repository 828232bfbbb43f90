package org.understudy.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.ShortTimes;

/** An application's configuration, on its way to become {@code META-INF/microprofile-config.properties}. */
final class Settings {

    /** The environments of {@link #group()}: one group, all of its sites in one application. */
    static final List<String> SITES = List.of("north", "south", "west");

    private final Map<String, String> properties = new TreeMap<>();

    /** One environment, without a group. */
    static Settings alone() {
        return new Settings().with("understudy.home", folder().toString());
    }

    /** Three environments that are one group, the first of them its creator. */
    static Settings group() {
        Settings settings = new Settings().with("understudy.environments", String.join(",", SITES));
        Path folder = folder();
        List<String> names = FreePorts.find(SITES.size()).stream()
                .map(port -> "localhost:" + port)
                .toList();
        for (int i = 0; i < SITES.size(); i++) {
            String prefix = "understudy.environment." + SITES.get(i) + ".";
            settings.with(prefix + "home", folder.resolve(SITES.get(i)).toString())
                    .with(prefix + "local-site", names.get(i))
                    .with(prefix + "bootstrap-helpers", String.join(",", names))
                    .with(prefix + "group-creator", Boolean.toString(i == 0));
            settings.withShortTimes(prefix);
        }
        return settings;
    }

    /** A site of a group that another process is to make. */
    static Settings joining(String site, String helper) {
        Settings settings = alone().with("understudy.local-site", site).with("understudy.bootstrap-helpers", helper);
        return settings.withShortTimes("understudy.");
    }

    /** The configuration of the environment that makes the group, in plain Java. */
    static EnvironmentConfig creator(String site) {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(folder())
                .name("creator")
                .localSite(site)
                .groupCreator(true);
        ShortTimes.OPTIONS.forEach(builder::set);
        return builder.build();
    }

    /** Names of sites on ports that nobody uses. */
    static List<String> freeSites(int count) {
        return FreePorts.find(count).stream().map(port -> "localhost:" + port).toList();
    }

    Settings with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    private Settings withShortTimes(String prefix) {
        ShortTimes.OPTIONS.forEach((name, value) -> with(prefix + name, value));
        return with(prefix + "join-timeout", "3s");
    }

    /** The file's text. */
    @Override
    public String toString() {
        return properties.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("understudy-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
