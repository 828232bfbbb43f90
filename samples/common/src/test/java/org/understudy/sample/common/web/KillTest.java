package org.understudy.sample.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.sample.common.group.Terminal;

class KillTest {

    @Test
    void a_site_that_no_terminal_has_started_is_not_killed_whoever_asks() {
        Kill kill = new Kill();
        kill.terminal = new Terminal();

        Answer answer = kill.press(parameter -> "");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).contains("terminal has not started it");
    }
}
