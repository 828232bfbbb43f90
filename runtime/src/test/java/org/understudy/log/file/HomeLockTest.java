package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.EnvironmentLockedException;
import org.understudy.Place;

class HomeLockTest {
    private static final Place PLACE = new Place("test", Optional.of("here:1"));

    @TempDir
    private Path home;

    /** Takes a home, says so, and holds it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (HomeLock lock = HomeLock.take(Path.of(arguments[0]), PLACE)) {
                System.out.println("taken " + lock);
                System.in.read();
            }
        }
    }

    @Test
    void a_home_is_taken_once_in_a_process() {
        try (HomeLock lock = HomeLock.take(home, PLACE)) {
            assertThat(lock).isNotNull();
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(() -> HomeLock.take(home.resolve("..").resolve(home.getFileName()), PLACE))
                    .withMessageContaining(home.getFileName().toString())
                    .withMessageContaining("this very process");
        }
    }

    @Test
    void a_home_given_back_can_be_taken_again() {
        HomeLock first = HomeLock.take(home, PLACE);
        first.close();
        HomeLock second = HomeLock.take(home, PLACE);
        first.close();
        assertThatExceptionOfType(EnvironmentLockedException.class).isThrownBy(() -> HomeLock.take(home, PLACE));
        second.close();
    }

    @Test
    void two_homes_do_not_disturb_each_other() {
        try (HomeLock one = HomeLock.take(home.resolve("one"), PLACE);
                HomeLock other = HomeLock.take(home.resolve("other"), PLACE)) {
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    void a_home_held_by_another_process_names_it_and_is_free_once_that_was_killed() throws Exception {
        Process holder = ChildJvm.start(Holder.class, home.toString());
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).startsWith("taken");
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(() -> HomeLock.take(home, PLACE))
                    .withMessageContaining("process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        HomeLock.take(home, PLACE).close();
    }

    @Test
    void a_home_that_cannot_be_is_an_error_that_names_it() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> HomeLock.take(file, PLACE))
                .withMessageContaining(file.toString());
    }
}
