package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/servers.md says is tested where. */
class ServersManualTest {

    private static final Path ROOT = Path.of("..");
    private static final Path MANUAL = ROOT.resolve("docs").resolve("servers.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+IT)`");

    /** Under which property the build has the version of each. */
    private static final Map<String, String> VERSIONS = Map.of(
            "Weld SE with SmallRye", "weld.version",
            "WildFly", "wildfly.version",
            "Open Liberty", "openliberty.version",
            "Payara Micro", "payara.version",
            "Helidon MP", "helidon.version",
            "OpenWebBeans SE with SmallRye", "openwebbeans.version");

    @Test
    void each_server_is_listed_with_the_version_that_the_build_tries() throws IOException {
        String build = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(rows()).extracting(row -> row.get(0)).containsExactlyInAnyOrderElementsOf(VERSIONS.keySet());
        assertThat(rows()).allSatisfy(row -> {
            String property = VERSIONS.get(row.get(0));
            assertThat(build).contains("<" + property + ">" + row.get(1) + "</" + property + ">");
        });
    }

    @Test
    void each_test_that_is_named_exists() throws IOException {
        Set<String> named = Stream.of(Files.readString(MANUAL))
                .flatMap(text -> TEST.matcher(text).results())
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(3).isSubsetOf(tests());
    }

    @Test
    void each_cell_names_a_test_or_says_why_there_is_none() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.subList(2, 4))
                .allMatch(cell -> cell.equals("the same") || cell.startsWith("– ") || hasTest(cell)));
    }

    private static boolean hasTest(String cell) {
        Matcher matcher = TEST.matcher(cell);
        return matcher.find();
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(MANUAL).stream()
                .dropWhile(line -> !line.startsWith("<!-- compatibility: begin"))
                .skip(3)
                .takeWhile(line -> !line.startsWith("<!-- compatibility: end"))
                .map(line ->
                        Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IT.java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
