package org.understudy.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final Options options = Options.parse(List.of());
    private final Scenario usual = LoadScenario.reads("client reads", 1, options);
    private final Scenario other = LoadScenario.subordinateReads(1, options);
    private final Comparison comparison = new Comparison(usual, other);

    @Test
    void both_begin_equally_often() {
        assertThat(comparison.order(1)).containsExactly(usual, other);
        assertThat(comparison.order(2)).containsExactly(other, usual);
        assertThat(comparison.order(3)).containsExactly(usual, other);
    }

    @Test
    void half_as_many_a_second_is_half() {
        Sample ratio = comparison.ratio(Sample.of(400), Sample.of(200));

        assertThat(comparison.figure().unit().format(ratio.value())).isEqualTo("0.500 ×");
    }

    @Test
    void its_figure_names_both() {
        assertThat(comparison.figure().title())
                .isEqualTo("reads in a subordinate, 1 thread: times client reads, 1 thread");
    }
}
