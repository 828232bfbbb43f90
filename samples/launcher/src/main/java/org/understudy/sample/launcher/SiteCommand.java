package org.understudy.sample.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.understudy.sample.launcher.Program.Servers;
import org.understudy.sample.site.SampleSite;

/**
 * What starts a site: this JVM's Java and class path, or the script that runs a server; and, in its environment, what the
 * site is configured with.
 */
final class SiteCommand {

    private static final int FIRST_JAVA_THAT_ASKS_FOR_NATIVE_ACCESS = 24;

    /** How far a server's other ports are from the one of its pages: WildFly has two more. */
    private static final List<Integer> OTHER_PORTS = List.of(100, 200);

    private static final Map<String, String> TITLES =
            Map.of("wildfly", "WildFly", "liberty", "Open Liberty", "payara", "Payara Micro");

    private final Program program;
    private final LauncherOptions options;

    SiteCommand(Program program, LauncherOptions options) {
        this.program = program;
        this.options = options;
    }

    /** Ready to start. */
    ProcessBuilder of(int number, SiteFiles files) {
        ProcessBuilder builder = new ProcessBuilder(
                program.servers().map(servers -> server(servers, number, files)).orElseGet(() -> java(files)));
        builder.environment().putAll(settings(number, files));
        return builder;
    }

    /** Where its page is. */
    URI page(int number) {
        String path = program.servers().isPresent() ? "/" + program.name() + "/" : "/";
        return URI.create("http://localhost:" + options.pagePorts().get(number - 1) + path);
    }

    /** What runs it. */
    String runner(int number) {
        return program.servers()
                .map(servers -> TITLES.get(servers.kinds().get(number - 1)))
                .orElse("Weld SE");
    }

    /** The ports it listens on. */
    Stream<Integer> ports(int number) {
        int page = options.pagePorts().get(number - 1);
        Stream<Integer> others = program.servers().stream().flatMap(servers -> OTHER_PORTS.stream());
        return Stream.concat(
                Stream.of(page, options.sitePorts().get(number - 1)), others.map(distance -> page + distance));
    }

    private Map<String, String> settings(int number, SiteFiles files) {
        return Map.of(
                "UNDERSTUDY_HOME", files.home().toString(),
                "UNDERSTUDY_LOCAL_SITE", site(options.sitePorts().get(number - 1)),
                "UNDERSTUDY_GROUP_CREATOR", String.valueOf(number == 1),
                "UNDERSTUDY_BOOTSTRAP_HELPERS", sites(),
                "SAMPLE_SITES", sites(),
                "SAMPLE_PAGES", pages(),
                "SAMPLE_SERVER", runner(number),
                "SAMPLE_TERMINAL", "true");
    }

    private List<String> server(Servers servers, int number, SiteFiles files) {
        return List.of(
                servers.script().toString(),
                servers.kinds().get(number - 1),
                servers.war().toString(),
                files.directory().toString(),
                options.pagePorts().get(number - 1).toString());
    }

    private static List<String> java(SiteFiles files) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_ASKS_FOR_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-Djava.io.tmpdir=" + files.temporary());
        command.add("-Dstdout.encoding=UTF-8");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SampleSite.class.getName()));
        return command;
    }

    private String sites() {
        return options.sitePorts().stream().map(SiteCommand::site).collect(Collectors.joining(","));
    }

    private String pages() {
        return Stream.iterate(1, number -> number + 1)
                .limit(LauncherOptions.SITE_COUNT)
                .map(this::page)
                .map(URI::toString)
                .collect(Collectors.joining(","));
    }

    private static String site(int port) {
        return "localhost:" + port;
    }
}
