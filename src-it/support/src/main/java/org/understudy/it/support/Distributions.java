package org.understudy.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the build has made ready for tests that start servers: the servers themselves, and the application. */
public final class Distributions {

    private static final Path MODULES = Path.of("").toAbsolutePath().getParent();

    private Distributions() {}

    /** The folder of WildFly. Nothing is ever written there: a server has a base folder of its own. */
    public static Path wildfly() {
        return find("distributions", "wildfly-");
    }

    /** The folder of Open Liberty. Nothing is ever written there: a server has a user folder of its own. */
    public static Path liberty() {
        return find("distributions", "wlp");
    }

    /** The jar of Payara Micro. */
    public static Path payaraMicro() {
        return find("distributions", "payara-micro-");
    }

    /** The jar of H2, for servers that bring no SQL database of their own. */
    public static Path h2() {
        return find("distributions", "h2-");
    }

    /** The war, the same for all servers. */
    public static Path application() {
        return find("application", "application.war");
    }

    private static Path find(String module, String name) {
        Path folder = MODULES.resolve(module).resolve("target");
        return first(folder, name)
                .orElseThrow(() -> new IllegalStateException("there is no " + name + " in " + folder + ": build src-it/"
                        + module + " first (mvn -pl src-it/" + module + " -am package)"));
    }

    private static Optional<Path> first(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
