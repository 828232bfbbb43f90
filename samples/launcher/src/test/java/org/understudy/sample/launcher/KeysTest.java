package org.understudy.sample.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.sample.launcher.Keys.Command;
import org.understudy.sample.launcher.Keys.Kill;
import org.understudy.sample.launcher.Keys.Quit;
import org.understudy.sample.launcher.Keys.Restart;

class KeysTest {

    @Test
    void a_number_starts_a_site() {
        assertThat(commands("2")).containsExactly(new Restart(2));
    }

    @Test
    void k_and_a_number_kill_a_site_once() {
        assertThat(commands("k22")).containsExactly(new Kill(2), new Restart(2));
    }

    @Test
    void k_and_something_else_kill_nobody() {
        assertThat(commands("kx1")).containsExactly(new Restart(1));
    }

    @Test
    void q_quits() {
        assertThat(commands("q")).containsExactly(new Quit());
    }

    @Test
    void other_keys_and_numbers_without_a_site_mean_nothing() {
        assertThat(commands("\n x049")).isEmpty();
    }

    private static List<Command> commands(String pressed) {
        Keys keys = new Keys();
        return pressed.chars()
                .mapToObj(key -> keys.press((char) key))
                .flatMap(Optional::stream)
                .toList();
    }
}
