package org.understudy.cdi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application gets with {@code understudy-cdi}: which jars, how large, and nothing that gets in a server's way. */
class DependenciesIT {

    private static final Path MANUAL = Path.of("..", "docs", "servers.md");
    private static final Path EXPECTED = Path.of("target", "dependency-sizes.md");
    private static final Path CLASS_PATH = Path.of("target", "classpath");
    private static final double MEGABYTE = 1_000_000;

    private static final DescribedPredicate<JavaClass> NOT_OF_THE_JDK =
            DescribedPredicate.describe("are not the JDK's", type -> type.getBaseComponentType()
                    .getSource()
                    .map(source -> !source.getUri().getScheme().equals("jrt"))
                    .orElse(true));

    @Test
    void the_manual_lists_the_jars_that_come_along_and_their_sizes() throws IOException {
        List<String> expected = table();
        Files.write(EXPECTED, expected);
        assertThat(Files.readAllLines(MANUAL).stream()
                        .dropWhile(line -> !line.startsWith("<!-- sizes: begin"))
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("<!-- sizes: end")))
                .as("the table in docs/servers.md; what it should be is in extension/%s", EXPECTED)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void the_manual_names_the_version_of_RocksDB_that_comes_along() throws IOException {
        String version = theirs().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> name.startsWith("rocksdbjni-"))
                .map(name -> name.replaceAll("rocksdbjni-|\\.jar", ""))
                .findFirst()
                .orElseThrow();
        String manual = Files.readString(MANUAL);
        assertThat(manual)
                .contains("<version>" + version + "</version>\n  <classifier>")
                .contains("<version>" + version + "</version>\n  <scope>provided</scope>");
        assertThat(Pattern.compile("rocksdbjni[-:](\\d[\\d.]*\\d)")
                        .matcher(manual)
                        .results()
                        .map(result -> result.group(1)))
                .isNotEmpty()
                .containsOnly(version);
    }

    @Test
    void ours_are_small() throws IOException {
        for (Path jar : ours()) {
            assertThat(Files.size(jar)).as("%s", jar).isLessThan((long) (2 * MEGABYTE));
        }
    }

    @Test
    void no_jar_brings_a_logging_implementation_or_another_api_for_it() throws IOException {
        for (Path path : all()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                assertThat(jar.stream().map(entry -> entry.getName()))
                        .as("%s", path)
                        .noneMatch(name -> name.startsWith("org/slf4j/")
                                || name.startsWith("org/apache/log4j/")
                                || name.startsWith("org/apache/logging/")
                                || name.startsWith("org/apache/commons/logging/")
                                || name.startsWith("org/jboss/logging/")
                                || name.startsWith("ch/qos/logback/")
                                || name.endsWith("System$LoggerFinder"));
            }
        }
    }

    @Test
    void our_classes_log_through_the_jdk_and_know_no_javax_but_its_own() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .importUrls(ours().stream().map(DependenciesIT::root).toList());
        assertThat(classes).hasSizeGreaterThan(500);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..",
                        "org.slf4j..",
                        "org.apache.log4j..",
                        "org.apache.logging..",
                        "org.apache.commons.logging..",
                        "org.jboss.logging..",
                        "io.netty.util.internal.logging.."))
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("javax..").and(NOT_OF_THE_JDK))
                .check(classes);
    }

    @Test
    void on_the_module_path_both_have_a_name_of_their_own_and_share_no_package() throws IOException {
        ModuleFinder ours = ModuleFinder.of(ours().toArray(Path[]::new));
        assertThat(ours.findAll())
                .extracting(module -> module.descriptor().name())
                .containsExactlyInAnyOrder("org.understudy", "org.understudy.cdi");
        Configuration resolved = ModuleLayer.boot()
                .configuration()
                .resolve(
                        ModuleFinder.of(all().toArray(Path[]::new)),
                        ModuleFinder.of(),
                        Set.of("org.understudy", "org.understudy.cdi", "io.vertx.core"));
        assertThat(resolved.modules())
                .extracting(ResolvedModule::name)
                .contains("org.understudy", "org.understudy.cdi", "io.vertx.core", "rocksdbjni");
    }

    private static URL root(Path jar) {
        try {
            return URI.create("jar:" + jar.toUri() + "!/").toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> table() throws IOException {
        long sum = 0;
        for (Path jar : theirs()) {
            sum += Files.size(jar);
        }
        Stream<String> head = Stream.of("| jar | MB |", "| --- | --- |");
        Stream<String> rows = theirs().stream().map(DependenciesIT::row);
        Stream<String> end = Stream.of(
                "| `understudy-runtime`, `understudy-cdi` | less than 2 each |",
                "| all of them, about | " + Math.round(sum / MEGABYTE) + " |");
        return Stream.of(head, rows, end).flatMap(lines -> lines).toList();
    }

    private static String row(Path jar) {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        return "| `" + name + "` | "
                + String.format(Locale.ROOT, "%.1f", jar.toFile().length() / MEGABYTE) + " |";
    }

    private static List<Path> theirs() throws IOException {
        List<Path> ours = ours();
        return all().stream()
                .filter(jar -> !ours.contains(jar))
                .sorted(Comparator.comparing(Path::getFileName))
                .toList();
    }

    /** Everything an application gets that depends on us, we included. */
    private static List<Path> all() throws IOException {
        return Stream.concat(
                        Stream.of(own()),
                        Stream.of(Files.readString(CLASS_PATH).strip().split(File.pathSeparator))
                                .map(Path::of))
                .toList();
    }

    private static List<Path> ours() throws IOException {
        return all().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("understudy-"))
                .toList();
    }

    private static Path own() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("understudy-cdi-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no jar yet: this test runs after it is packed"));
        }
    }
}
