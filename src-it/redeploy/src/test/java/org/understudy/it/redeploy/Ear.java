package org.understudy.it.redeploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.understudy.it.support.Distributions;

/** An enterprise application: two wars, and in {@code lib} the library and the configuration that both use. */
final class Ear {

    private static final String MODULE =
            "<module><web><web-uri>%1$s.war</web-uri><context-root>/%1$s</context-root>" + "</web></module>";
    private static final String DESCRIPTOR =
            "<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\">"
                    + "%s<library-directory>lib</library-directory></application>";

    private Ear() {}

    /** One with the application twice, under two names. */
    static Path with(Path ear, List<String> names, List<String> settings) {
        try {
            Files.createDirectories(ear.getParent());
            Files.deleteIfExists(ear);
            try (FileSystem zip = create(ear);
                    FileSystem whole = FileSystems.newFileSystem(Distributions.application())) {
                Files.createDirectories(zip.getPath("lib"));
                try (Stream<Path> libraries = Files.list(whole.getPath("WEB-INF/lib"))) {
                    for (Path library : libraries.toList()) {
                        Files.copy(
                                library,
                                zip.getPath("lib", library.getFileName().toString()));
                    }
                }
                addConfiguration(zip, ear, Wars.settings(whole), settings);
                addWars(zip, ear, names);
            }
            return ear;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration is that of all modules only where all of them see it. */
    private static void addConfiguration(FileSystem zip, Path ear, List<String> common, List<String> settings)
            throws IOException {
        Path jar = ear.resolveSibling("configuration.jar");
        Files.deleteIfExists(jar);
        try (FileSystem content = create(jar)) {
            Files.createDirectories(content.getPath("META-INF"));
            Files.write(
                    content.getPath("META-INF/microprofile-config.properties"),
                    Stream.concat(common.stream(), settings.stream()).toList());
        }
        Files.copy(jar, zip.getPath("lib", "configuration.jar"));
    }

    private static void addWars(FileSystem zip, Path ear, List<String> names) throws IOException {
        Path war = Wars.without(ear.resolveSibling("module.war"));
        for (String name : names) {
            Files.copy(war, zip.getPath(name + ".war"));
        }
        Files.createDirectories(zip.getPath("META-INF"));
        String modules = String.join("", names.stream().map(MODULE::formatted).toList());
        Files.writeString(zip.getPath("META-INF/application.xml"), DESCRIPTOR.formatted(modules));
    }

    private static FileSystem create(Path archive) throws IOException {
        return FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of("create", "true"));
    }
}
