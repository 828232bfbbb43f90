package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.understudy.protocol.Mutant;

/** The table of the protocol's rules, in the page of the simulator, names planted bugs and tests that are there. */
class RulePageTest {
    private static final Path PAGE = Path.of("..", "docs", "simulation.md");
    private static final String HEADING = "## Which test holds which rule";
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern MUTANT = Pattern.compile("[A-Z][A-Z_]+");

    private final ScenarioTests tests = new ScenarioTests();
    private final List<String> mutants =
            Arrays.stream(Mutant.values()).map(Mutant::name).toList();

    /** The rows of the table: section, rule, and what is red without it. */
    private static List<String[]> rows() {
        try {
            return Files.readAllLines(PAGE).stream()
                    .dropWhile(line -> !line.equals(HEADING))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("| §"))
                    .map(line -> line.split("\\|"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> named(String[] row) {
        return NAMED.matcher(row[3])
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .toList();
    }

    @Test
    void every_rule_has_a_planted_bug_or_a_test_that_is_there() {
        assertThat(rows()).hasSizeGreaterThan(30).allSatisfy(row -> assertThat(named(row))
                .as("what holds the rule of %s in docs/simulation.md: %s", row[1].strip(), row[2].strip())
                .isNotEmpty()
                .allMatch(name -> MUTANT.matcher(name).matches() ? mutants.contains(name) : tests.contains(name)));
    }

    @Test
    void every_planted_bug_breaks_a_rule_of_the_table() {
        assertThat(rows().stream().flatMap(row -> named(row).stream()))
                .as("the planted bugs that the table in docs/simulation.md names")
                .containsAll(mutants);
    }
}
