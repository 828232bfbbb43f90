package org.understudy.it.redeploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.understudy.it.support.Distributions;

/** The application with settings of its own in its configuration, as several on one server need them. */
final class Wars {

    private static final String CONFIGURATION = "WEB-INF/classes/META-INF/microprofile-config.properties";

    private static final String LIBRARIES = "WEB-INF/lib";

    private static final String ROCKSDB = "rocksdbjni-";

    /** Asks WildFly for the module; other servers have nothing to do with it. */
    private static final String MODULES = "WEB-INF/jboss-deployment-structure.xml";

    private static final String USING = "<jboss-deployment-structure><deployment><dependencies><module name=\"%s\"/>"
            + "</dependencies></deployment></jboss-deployment-structure>";

    private Wars() {}

    /** The settings that the application comes with. */
    static List<String> settings(FileSystem war) throws IOException {
        return Files.readAllLines(war.getPath(CONFIGURATION));
    }

    /** One without libraries and configuration, as a part of a larger application that has them. */
    static Path without(Path war) throws IOException {
        Files.copy(Distributions.application(), war, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem zip = FileSystems.newFileSystem(war);
                Stream<Path> libraries = Files.list(zip.getPath(LIBRARIES))) {
            for (Path library : libraries.toList()) {
                Files.delete(library);
            }
            Files.delete(zip.getPath(LIBRARIES));
            Files.delete(zip.getPath(CONFIGURATION));
        }
        return war;
    }

    /** One with lines of configuration behind those that it has. */
    static Path with(Path war, List<String> settings) {
        try {
            Files.createDirectories(war.getParent());
            Files.copy(Distributions.application(), war, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem zip = FileSystems.newFileSystem(war)) {
                Files.write(zip.getPath(CONFIGURATION), settings, StandardOpenOption.APPEND);
            }
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without RocksDB, which its server has, under a name, for all of its applications. */
    static Path onShared(String library, Path war) {
        try (FileSystem zip = FileSystems.newFileSystem(war)) {
            Files.delete(rocksDb(zip));
            Files.writeString(zip.getPath(MODULES), USING.formatted(library));
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy, in a folder, of the RocksDB that the application comes with. */
    static Path rocksDb(Path folder) {
        try (FileSystem zip = FileSystems.newFileSystem(Distributions.application())) {
            Path jar = rocksDb(zip);
            Path copy = folder.resolve(jar.getFileName().toString());
            Files.copy(jar, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path rocksDb(FileSystem war) throws IOException {
        try (Stream<Path> libraries = Files.list(war.getPath(LIBRARIES))) {
            return libraries
                    .filter(library -> library.getFileName().toString().startsWith(ROCKSDB))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
