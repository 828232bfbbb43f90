package org.understudy.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void a_program_name_with_blanks_and_brackets_does_not_shift_the_fields() {
        String stat = "42 (a (b) c) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 30 0 12345 0 0";
        String status = "Name:\ta (b) c\nVmHWM:\t   2048 kB\nVmRSS:\t   1024 kB\n";

        assertThat(Usage.parse(stat, status)).isEqualTo(new Usage(Duration.ofSeconds(3), 1 << 20));
    }
}
