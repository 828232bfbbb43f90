package org.understudy.sample.common.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.understudy.sample.common.SampleSite;

/** The command line that starts a site: this JVM's Java and class path, and what the site is configured with. */
final class SiteCommand {

    private static final int FIRST_JAVA_THAT_ASKS_FOR_NATIVE_ACCESS = 24;

    private final LauncherOptions options;

    SiteCommand(LauncherOptions options) {
        this.options = options;
    }

    List<String> of(int number, SiteFiles files) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_ASKS_FOR_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add(property("java.io.tmpdir", files.temporary()));
        command.add(property("stdout.encoding", "UTF-8"));
        command.add(property("understudy.home", files.home()));
        command.add(property("understudy.local-site", site(options.sitePorts().get(number - 1))));
        command.add(property("understudy.group-creator", number == 1));
        command.add(property("understudy.bootstrap-helpers", sites()));
        command.add(property("sample.sites", sites()));
        command.add(property("sample.pages", pages()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SampleSite.class.getName()));
        return command;
    }

    URI page(int number) {
        return address(options.pagePorts().get(number - 1));
    }

    private String sites() {
        return options.sitePorts().stream().map(SiteCommand::site).collect(Collectors.joining(","));
    }

    private String pages() {
        return options.pagePorts().stream()
                .map(SiteCommand::address)
                .map(URI::toString)
                .collect(Collectors.joining(","));
    }

    private static String site(int port) {
        return "localhost:" + port;
    }

    private static URI address(int port) {
        return URI.create("http://localhost:" + port + "/");
    }

    private static String property(String key, Object value) {
        return "-D" + key + "=" + value;
    }
}
