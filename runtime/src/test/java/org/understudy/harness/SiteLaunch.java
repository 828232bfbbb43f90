package org.understudy.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a {@link ChildSite} is started, again and again.
 *
 * @param home its home; what it logs goes to a file beside that
 * @param work the simple name of its {@link SiteWork}
 * @param options its configuration
 * @param surroundings variables of its process
 */
record SiteLaunch(Path home, String work, Map<String, String> options, Map<String, String> surroundings) {

    SiteLaunch(Path home, String work, Map<String, String> options) {
        this(home, work, options, new HashMap<>());
    }

    /** Starts it; {@code heard} is told each line it says that is no answer to an order. */
    SiteProcess start(long number, Consumer<String> heard) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildSite.class.getName()));
        command.addAll(List.of(home.toString(), work, String.valueOf(number)));
        options.forEach((key, value) -> command.add(key + "=" + value));
        Path log = home.resolveSibling(home.getFileName() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(surroundings);
        try {
            return new SiteProcess(builder.start(), heard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
