package org.understudy.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param home its folder
 * @param feature its version: 17, 25
 */
public record Jdk(Path home, int feature) {

    /** The system property that names the home of the newer JDK to use; without it one is looked for. */
    public static final String PROPERTY = "understudy.newer-jdk";

    private static final Pattern VARIABLE = Pattern.compile("JAVA_HOME(_\\d+(_.*)?)?");
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");

    /** The one that runs. */
    public static Jdk running() {
        return new Jdk(runningHome(), Runtime.version().feature());
    }

    /**
     * The newest that is found, if that is at least of a version: in the system property {@value #PROPERTY} and nowhere
     * else if it is set, else in variables like JAVA_HOME and JAVA_HOME_25_X64, and beside the one that runs.
     *
     * @throws IllegalStateException if the property names no JDK
     */
    public static Optional<Jdk> atLeast(int feature) {
        return find(Optional.ofNullable(System.getProperty(PROPERTY)), System.getenv(), runningHome())
                .filter(jdk -> jdk.feature() >= feature);
    }

    /** The newest that is found, if it is newer than the one that runs. */
    public static Optional<Jdk> newer() {
        return atLeast(running().feature() + 1);
    }

    /** Its {@code java}. */
    public Path java() {
        return tool("java");
    }

    /** One of its programs. */
    public Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** The flags that its version asks for where native code is loaded. */
    public List<String> flags() {
        return feature >= 24 ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();
    }

    /** Prints the home of a newer JDK, or {@code none}: for the build, which runs some tests on both. */
    public static void main(String[] args) {
        System.out.println(newer().map(jdk -> jdk.home().toString()).orElse("none"));
    }

    static Optional<Jdk> find(Optional<String> named, Map<String, String> variables, Path runningHome) {
        if (named.filter(home -> !home.isEmpty()).isPresent()) {
            Path home = Path.of(named.get());
            return Optional.of(at(home).orElseThrow(() -> new IllegalStateException(PROPERTY + " = " + home
                    + " is no JDK: it has no bin/java, or no file \"release\" that tells its version")));
        }
        List<Path> homes = new ArrayList<>();
        homes.add(runningHome);
        variables.forEach((name, value) -> {
            if (VARIABLE.matcher(name).matches() && !value.isEmpty()) {
                homes.add(Path.of(value));
            }
        });
        homes.addAll(foldersIn(runningHome.toAbsolutePath().getParent()));
        return homes.stream()
                .flatMap(home -> at(home).stream())
                .max(Comparator.comparingInt(Jdk::feature)
                        .thenComparing(
                                Jdk::home, Comparator.<Path>naturalOrder().reversed()));
    }

    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin").resolve("java")) || !Files.isRegularFile(release)) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(text(release));
        return version.find() ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1)))) : Optional.empty();
    }

    private static Path runningHome() {
        return Path.of(System.getProperty("java.home"));
    }

    private static List<Path> foldersIn(Path folder) {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
