package org.understudy.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.understudy.it.support.Distributions;

/** Open Liberty, from a user folder of its own, which deploys what lies in {@code dropins}. */
final class Liberty extends Server {

    private static final String NAME = "it";
    private static final String MONITOR = "<applicationMonitor pollingRate=\"200ms\"/>";

    private final Path distribution = Distributions.liberty();
    private final Path user = folder().resolve("usr");

    Liberty(Path folder) {
        super(folder);
    }

    @Override
    public ServerKind kind() {
        return ServerKind.LIBERTY;
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(dropins());
        if (library().isPresent()) {
            Path jar = library().get().jar();
            Path global = Files.createDirectories(user.resolve("shared/config/lib/global"));
            Files.copy(jar, global.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(home().resolve("server.xml"), LibertyConfiguration.of(ADDRESS, httpPort(), MONITOR));
    }

    @Override
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        try {
            Files.readAllLines(distribution
                            .resolve("lib/platform/java")
                            .resolve(jdk().feature() >= 24 ? "java24.options" : "java9.options"))
                    .stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(arguments::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path tools = distribution.resolve("bin").resolve("tools");
        arguments.addAll(List.of(
                "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                "-jar",
                tools.resolve("ws-server.jar").toString(),
                NAME));
        return arguments;
    }

    @Override
    Map<String, String> variables() {
        return Map.of(
                "WLP_INSTALL_DIR", distribution.toString(),
                "WLP_USER_DIR", user.toString(),
                "WLP_OUTPUT_DIR", folder().resolve("output").toString(),
                "LOG_DIR", folder().resolve("logs").toString());
    }

    @Override
    void put(String application, Path war) {
        try {
            listenFromHere();
            Path part = folder().resolve(application + ".part");
            Files.copy(war, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, archive(application), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void remove(String application) {
        try {
            listenFromHere();
            Files.deleteIfExists(archive(application));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    boolean isDeployed(String application) {
        return saying("CWWKZ000[13]I: .*\\b" + Pattern.quote(application) + "\\b")
                .isPresent();
    }

    @Override
    Optional<String> failure(String application) {
        return saying("CWWKZ000[24]E: .*\\b" + Pattern.quote(application) + "\\b.*");
    }

    @Override
    boolean isRemoved(String application) {
        return saying("CWWKZ0009I: .*\\b" + Pattern.quote(application) + "\\b").isPresent();
    }

    private Path archive(String application) {
        return dropins().resolve(fileName(application));
    }

    private Path dropins() {
        return home().resolve("dropins");
    }

    private Path home() {
        return user.resolve("servers").resolve(NAME);
    }
}
