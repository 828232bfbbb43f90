package org.understudy.sample.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LauncherOptionsTest {

    private static final Program PROGRAM = new Program("quotes", "three sites", "run", 8001, 7001, Optional.empty());

    @Test
    void without_options_it_runs_until_told_on_the_usual_ports_and_starts_afresh() {
        LauncherOptions options = LauncherOptions.parse(PROGRAM, List.of());

        assertThat(options.pagePorts()).containsExactly(8001, 8002, 8003);
        assertThat(options.sitePorts()).containsExactly(7001, 7002, 7003);
        assertThat(options.keep()).isFalse();
        assertThat(options.runTime()).isEmpty();
    }

    @Test
    void options_can_be_combined() {
        LauncherOptions options = LauncherOptions.parse(
                PROGRAM,
                List.of("--keep", "--seconds", "5", "--page-port", "9001", "--site-port", "9101", "--data", "here"));

        assertThat(options.pagePorts()).containsExactly(9001, 9002, 9003);
        assertThat(options.sitePorts()).containsExactly(9101, 9102, 9103);
        assertThat(options.keep()).isTrue();
        assertThat(options.runTime()).contains(Duration.ofSeconds(5));
        assertThat(options.sites()).hasToString("here");
    }

    @Test
    void what_makes_no_sense_is_refused_with_what_does() {
        refuses("There is no option --fast", "--fast");
        refuses("--seconds needs a value after it", "--seconds");
        refuses("--seconds takes a number from 1 to 1000000, not soon", "--seconds", "soon");
        refuses("--page-port takes a number from 1 to 65533, not 65534", "--page-port", "65534");
        refuses("--page-port 7003 and --site-port 7001 overlap: each needs 3 ports", "--page-port", "7003");
    }

    private static void refuses(String message, String... arguments) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LauncherOptions.parse(PROGRAM, List.of(arguments)))
                .withMessage(message);
    }
}
