package org.understudy.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.understudy.benchmarks.harness.Options.Part;

class OptionsTest {
    @Test
    void everything_is_measured_for_both_unless_told_otherwise() {
        Options options = Options.parse(List.of());

        assertThat(options.contenders()).containsExactly(Contender.UNDERSTUDY, Contender.JE);
        assertThat(options.parts()).containsExactly(Part.values());
        assertThat(options.writers()).containsExactly(1, 8, 64);
        assertThat(options.save()).isFalse();
    }

    @Test
    void a_run_can_be_narrowed() {
        Options options = Options.parse(
                List.of("--only", "je", "--parts", "empty-site,reads", "--seconds", "1", "--writers", "8", "--save"));

        assertThat(options.contenders()).containsExactly(Contender.JE);
        assertThat(options.has(Part.EMPTY_SITE)).isTrue();
        assertThat(options.has(Part.WRITES)).isFalse();
        assertThat(options.round()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.writers()).containsExactly(8);
        assertThat(options.save()).isTrue();
    }

    @Test
    void an_unknown_option_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> Options.parse(List.of("--second", "1")))
                .hasMessageContaining("'--second'")
                .hasMessageContaining("--seconds");
    }

    @Test
    void an_option_without_its_value_is_refused() {
        assertThatThrownBy(() -> Options.parse(List.of("--rounds"))).hasMessageContaining("needs a value");
    }

    @Test
    void a_value_that_does_not_fit_is_refused_with_its_option() {
        assertThatThrownBy(() -> Options.parse(List.of("--parts", "write"))).hasMessageContaining("--parts");
        assertThatThrownBy(() -> Options.parse(List.of("--seconds", "0"))).hasMessageContaining("--seconds");
        assertThatThrownBy(() -> Options.parse(List.of("--writers", "1,x"))).hasMessageContaining("--writers");
    }
}
