package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.understudy.Scenarios.Scenario;

/** The page of scenarios says what is shown, by which tests, and what comes of it here. */
class ScenarioPageTest {
    private static final int COUNT = 80;
    private static final Path PAGE = Path.of("..", "docs", "scenarios.md");
    private static final Path EXPECTED = Path.of("target", "scenarios.md");

    private final List<Scenario> scenarios = Scenarios.read();
    private final ScenarioTests tests = new ScenarioTests();

    @Test
    void the_page_is_what_the_tests_and_the_words_make_it() throws IOException {
        List<String> expected = page();
        Files.write(EXPECTED, expected);
        assertThat(Files.readAllLines(PAGE))
                .as("docs/scenarios.md; what it should be is in runtime/%s", EXPECTED)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void all_eighty_are_there_in_their_order() {
        assertThat(scenarios)
                .extracting(Scenario::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, COUNT)
                        .mapToObj(number -> String.format("S%02d", number))
                        .toList());
    }

    @Test
    void each_has_a_test_or_a_reason_for_having_none() {
        assertThat(scenarios).allSatisfy(scenario -> assertThat(
                        shownBy(scenario).isEmpty() && scenario.later().isEmpty())
                .as(
                        "%s has neither test nor reason: name a test after it, or tell why in %s",
                        scenario.number(), Scenarios.SOURCE)
                .isFalse());
    }

    @Test
    void a_reason_goes_when_a_test_comes() {
        assertThat(scenarios)
                .filteredOn(scenario -> !shownBy(scenario).isEmpty())
                .allSatisfy(scenario -> assertThat(scenario.later())
                        .as("%s has a test now: take its reason out of %s", scenario.number(), Scenarios.SOURCE)
                        .isEmpty());
    }

    @Test
    void every_test_that_is_named_is_there() {
        assertThat(scenarios).allSatisfy(scenario -> assertThat(scenario.tests())
                .as("the tests %s names in %s", scenario.number(), Scenarios.SOURCE)
                .allMatch(tests::contains));
    }

    @Test
    void no_test_is_named_after_a_scenario_that_is_not_there() {
        assertThat(scenarios).extracting(Scenario::number).containsAll(tests.numbers());
    }

    private List<String> shownBy(Scenario scenario) {
        List<String> shown = new ArrayList<>(tests.of(scenario.number()));
        shown.addAll(scenario.tests());
        return shown;
    }

    private List<String> page() {
        long shown = scenarios.stream()
                .filter(scenario -> !shownBy(scenario).isEmpty())
                .count();
        List<String> page = new ArrayList<>(List.of(
                "# The conformance scenarios",
                "",
                "What a replicated Berkeley DB is asked for in " + COUNT
                        + " situations, and what comes of it here. A file ending in `.txt` is a recorded scenario of the"
                        + " simulator ([simulation.md](simulation.md)); everything else is a test on the real thing or on"
                        + " the protocol's core. Where nothing is said under *here* the result is Berkeley DB's;"
                        + " [divergence.md](divergence.md) has the differences by subject.",
                "",
                shown + " of the " + COUNT + " are shown by tests. A test keeps this page true: the words are in"
                        + " `runtime/src/test/resources/scenarios.txt`, a test belongs to the scenario whose number its"
                        + " name begins with."));
        String section = "";
        for (Scenario scenario : scenarios) {
            if (!scenario.section().equals(section)) {
                section = scenario.section();
                page.addAll(List.of(
                        "", "## " + section, "", "| | what happens | here | shown by |", "| --- | --- | --- | --- |"));
            }
            page.add(row(scenario));
        }
        return page;
    }

    private String row(Scenario scenario) {
        List<String> shown =
                shownBy(scenario).stream().map(name -> "`" + name + "`").toList();
        String by = shown.isEmpty() ? scenario.later().orElse("") : String.join("<br>", shown);
        return "| " + scenario.number() + " | " + scenario.words() + " | "
                + scenario.difference().orElse("") + " | " + by + " |";
    }
}
