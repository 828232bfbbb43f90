package org.understudy.it.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.understudy.it.support.Distributions;

/** WildFly, from a base folder of its own, told by marker files what to deploy. */
final class WildFly extends Server {

    private static final String CONFIGURATION = "standalone-microprofile.xml";

    /** The profile with MicroProfile has no EJBs, and so no timers. */
    private static final String EJBS = """
            <subsystem xmlns="urn:jboss:domain:ejb3:10.0">
                <session-bean><singleton default-access-timeout="5000"/></session-bean>
                <timer-service thread-pool-name="timers" default-data-store="files">
                    <data-stores>
                        <file-data-store name="files" path="timers" relative-to="jboss.server.data.dir"/>
                    </data-stores>
                </timer-service>
                <thread-pools>
                    <thread-pool name="timers">
                        <max-threads count="4"/>
                        <keepalive-time time="60" unit="seconds"/>
                    </thread-pool>
                </thread-pools>
            </subsystem>
            """;

    /** What an application sees only if it asks for it by its name. */
    private static final String MODULE = """
            <module xmlns="urn:jboss:module:1.9" name="%s">
                <resources><resource-root path="%s"/></resources>
            </module>
            """;

    private static final List<String> MARKERS =
            List.of("dodeploy", "deployed", "failed", "undeployed", "isdeploying", "isundeploying", "pending");
    /** What standalone.sh gives to a JVM with modules. */
    private static final List<String> MODULES = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private final Path distribution = Distributions.wildfly();
    private final Path base = folder().resolve("standalone");

    WildFly(Path folder) {
        super(folder);
    }

    @Override
    public ServerKind kind() {
        return ServerKind.WILDFLY;
    }

    @Override
    void prepare() throws IOException {
        if (library().isPresent()) {
            addModule(library().get());
        }
        if (!Files.exists(base)) {
            copy(distribution.resolve("standalone").resolve("configuration"), base.resolve("configuration"));
            Files.createDirectories(deployments());
            Path configuration = base.resolve("configuration").resolve(CONFIGURATION);
            String text = Files.readString(configuration);
            Files.writeString(
                    configuration,
                    // Nobody waits five seconds for the scanner.
                    text.replace("scan-interval=\"5000\"", "scan-interval=\"200\"")
                            .replace("</extensions>", "<extension module=\"org.jboss.as.ejb3\"/></extensions>")
                            .replaceFirst("<profile>", "<profile>" + EJBS));
        }
    }

    private void addModule(Library library) throws IOException {
        Path module = modules().resolve(library.name().replace('.', '/')).resolve("main");
        Path jar = module.resolve(library.jar().getFileName());
        Files.createDirectories(module);
        Files.copy(library.jar(), jar, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(module.resolve("module.xml"), MODULE.formatted(library.name(), jar.getFileName()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Override
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(MODULES);
        arguments.addAll(List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Dorg.jboss.boot.log.file=" + base.resolve("log").resolve("boot.log"),
                "-Dlogging.configuration=file:" + base.resolve("configuration").resolve("logging.properties"),
                "-Djboss.bind.address=" + ADDRESS,
                "-Djboss.bind.address.management=" + ADDRESS,
                "-Djboss.http.port=" + httpPort(),
                "-Djboss.management.http.port=" + healthPort(),
                "-Djboss.https.port=" + port(2),
                "-Djboss.node.name=node" + httpPort(),
                "-jar",
                distribution.resolve("jboss-modules.jar").toString(),
                "-mp",
                modules() + File.pathSeparator + distribution.resolve("modules"),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + distribution,
                "-Djboss.server.base.dir=" + base,
                "--server-config=" + CONFIGURATION));
        return arguments;
    }

    @Override
    Map<String, String> variables() {
        return Map.of();
    }

    @Override
    int healthPort() {
        return port(1);
    }

    @Override
    void put(String application, Path war) {
        try {
            Path part = deployments().resolve(application + ".part");
            Files.deleteIfExists(part);
            Files.copy(war, part);
            for (String marker : MARKERS) {
                Files.deleteIfExists(marker(application, marker));
            }
            Files.move(part, archive(application), StandardCopyOption.REPLACE_EXISTING);
            Files.createFile(marker(application, "dodeploy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void remove(String application) {
        try {
            Files.deleteIfExists(marker(application, "deployed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    boolean isDeployed(String application) {
        return Files.exists(marker(application, "deployed"));
    }

    @Override
    Optional<String> failure(String application) {
        Path marker = marker(application, "failed");
        try {
            return Files.exists(marker) ? Optional.of(Files.readString(marker)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    boolean isRemoved(String application) {
        return Files.exists(marker(application, "undeployed"));
    }

    private Path modules() {
        return folder().resolve("modules");
    }

    private Path deployments() {
        return base.resolve("deployments");
    }

    private Path archive(String application) {
        return deployments().resolve(fileName(application));
    }

    private Path marker(String application, String marker) {
        return deployments().resolve(fileName(application) + "." + marker);
    }
}
