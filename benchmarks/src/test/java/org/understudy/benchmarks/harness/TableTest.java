package org.understudy.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.benchmarks.harness.Figure.Unit;

class TableTest {
    private static final Figure COMMITS = new Figure("commits", Unit.PER_SECOND);
    private static final Figure TAKEOVER = new Figure("takeover", Unit.SECONDS);

    private final Results results = new Results();

    @Test
    void a_ratio_is_the_median_of_what_was_measured_side_by_side() {
        addCommits(200, 100);
        addCommits(300, 100);
        addCommits(1_000, 250);

        assertThat(results.ratio(COMMITS)).hasValue(3);
    }

    @Test
    void less_time_is_better() {
        results.add(TAKEOVER, Contender.UNDERSTUDY, Sample.of(0.5));
        results.add(TAKEOVER, Contender.JE, Sample.of(1));

        assertThat(results.ratio(TAKEOVER)).hasValue(2);
    }

    @Test
    void one_contender_alone_has_no_ratio() {
        results.add(TAKEOVER, Contender.JE, Sample.of(1));

        assertThat(results.ratio(TAKEOVER)).isEmpty();
        assertThat(new Table(results, List.of(Contender.JE)).text()).contains("1.000 s");
    }

    @Test
    void markdown_has_one_row_for_the_header_one_below_it_and_one_per_figure() {
        addCommits(2_000, 1_000);
        results.add(TAKEOVER, Contender.JE, Sample.of(1));

        String[] rows =
                new Table(results, List.of(Contender.values())).markdown().split("\n");

        assertThat(rows).hasSize(4).allMatch(row -> columns(row) == columns(rows[0]));
        assertThat(rows[2]).startsWith("| commits | 2,000 /s | 1,000 /s | 2.00 | 1.0 |");
        assertThat(rows[3]).startsWith("| takeover | – | 1.000 s | – |");
    }

    private static long columns(String row) {
        return row.chars().filter(c -> c == '|').count();
    }

    private void addCommits(double ours, double theirs) {
        Optional<Sample.Detail> detail = Optional.of(new Sample.Detail(1, 2, 3, 0));
        results.add(COMMITS, Contender.UNDERSTUDY, new Sample(ours, detail));
        results.add(COMMITS, Contender.JE, new Sample(theirs, detail));
    }
}
