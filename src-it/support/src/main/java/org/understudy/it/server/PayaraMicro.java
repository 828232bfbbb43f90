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
import java.util.stream.Stream;
import org.understudy.it.support.Distributions;

/** Payara Micro, which deploys what its command line names, and later what it is told through {@link PayaraOrders}. */
final class PayaraMicro extends Server {

    private static final String HTTP =
            "configs.config.server-config.network-config.network-listeners.network-listener.";

    private static final String READY = "Payara Micro .* ready in ";

    private final Path distribution = Distributions.payaraMicro();

    PayaraMicro(Path folder) {
        super(folder);
    }

    @Override
    public ServerKind kind() {
        return ServerKind.PAYARA;
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(archives());
        try (Stream<Path> old = Files.list(archives())) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(preboot(), "set " + HTTP + "http-listener.address=" + ADDRESS + "\n");
    }

    @Override
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-jar",
                distribution.toString(),
                "--nocluster",
                "--nohostaware",
                "--interfaces",
                "127.0.0.1",
                "--port",
                String.valueOf(httpPort()),
                "--rootDir",
                folder().resolve("root").toString(),
                "--prebootcommandfile",
                preboot().toString()));
        library()
                .ifPresent(library ->
                        arguments.addAll(List.of("--addlibs", library.jar().toString())));
        try (Stream<Path> wars = Files.list(archives())) {
            wars.filter(file -> file.toString().endsWith(".war"))
                    .sorted()
                    .forEach(war -> arguments.addAll(List.of("--deploy", war.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return arguments;
    }

    @Override
    Map<String, String> variables() {
        return Map.of();
    }

    @Override
    List<Class<?>> listener() {
        return List.of(PayaraOrders.class);
    }

    @Override
    boolean isReady() {
        return saying(READY).isPresent();
    }

    @Override
    void put(String application, Path war) {
        try {
            Files.copy(war, archive(application), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isRunning()) {
            listenFromHere();
            running().say(PayaraOrders.deploy(application, archive(application)));
        }
    }

    @Override
    void remove(String application) {
        listenFromHere();
        running().say(PayaraOrders.undeploy(application));
    }

    @Override
    boolean isDeployed(String application) {
        // What is served from the start on is served only when all is said to be ready.
        return saying("\\b" + Pattern.quote(application) + " was successfully deployed")
                        .isPresent()
                && saying(READY + "|" + Pattern.quote(PayaraOrders.done(application)))
                        .isPresent();
    }

    @Override
    Optional<String> failure(String application) {
        return saying("Exception while (loading|deploying) the app.*");
    }

    @Override
    boolean isRemoved(String application) {
        return saying(Pattern.quote(PayaraOrders.done(application))).isPresent();
    }

    private Path preboot() {
        return folder().resolve("preboot.txt");
    }

    private Path archives() {
        return folder().resolve("archives");
    }

    private Path archive(String application) {
        return archives().resolve(application + ".war");
    }
}
