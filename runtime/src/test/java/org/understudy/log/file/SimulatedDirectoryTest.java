package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedDirectoryTest extends LogDirectoryContract {
    private final SimulatedDirectory directory = new SimulatedDirectory();

    @Override
    LogDirectory directory() {
        return directory;
    }

    @Test
    void a_crash_keeps_what_was_forced_and_a_prefix_of_the_rest() {
        Set<String> found = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            SimulatedDirectory crashing = new SimulatedDirectory();
            LogFile file = crashing.create("a");
            write(file, 0, "forced");
            file.force();
            crashing.force();
            write(file, 6, "ab");
            write(file, 8, "cd");
            crashing.crash(new SplittableRandom(seed));
            found.add(crashing.content("a").map(LogDirectoryContract::text).orElseThrow());
        }
        assertThat(found).containsExactlyInAnyOrder("forced", "forceda", "forcedab", "forcedabc", "forcedabcd");
    }

    @Test
    void a_crash_may_lose_a_name_that_was_not_forced() {
        Set<Boolean> found = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDirectory crashing = new SimulatedDirectory();
            crashing.create("a").force();
            crashing.crash(new SplittableRandom(seed));
            found.add(crashing.names().contains("a"));
        }
        assertThat(found).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void a_crash_may_bring_a_deleted_file_back() {
        Set<Boolean> found = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDirectory crashing = new SimulatedDirectory();
            crashing.replace("a", bytes("content"));
            crashing.delete("a");
            crashing.crash(new SplittableRandom(seed));
            found.add(crashing.content("a").isPresent());
        }
        assertThat(found).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void a_scattered_crash_may_keep_the_later_sectors_of_a_write() {
        Set<String> found = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDirectory crashing = new SimulatedDirectory();
            LogFile file = crashing.create("a");
            crashing.force();
            write(file, 0, "a".repeat(512) + "b".repeat(512));
            crashing.crashScattered(new SplittableRandom(seed));
            String content =
                    crashing.content("a").map(LogDirectoryContract::text).orElseThrow();
            found.add(content.replaceAll("(.)\\1*", "$1"));
        }
        assertThat(found).containsExactlyInAnyOrder("", "a", "ab", "\0b");
    }

    @Test
    void a_crash_or_a_kill_ends_every_handle() {
        LogFile file = directory.create("a");
        directory.kill();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(file::force);
        LogFile next = directory.create("b");
        directory.crash(new SplittableRandom(1));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(next::force);
    }

    @Test
    void a_full_disk_takes_what_fits() {
        LogFile file = directory.create("a");
        directory.leaveRoom(3);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> write(file, 0, "hello"));
        assertThat(read(file, 0, 5)).isEqualTo("hel");
        file.truncate(0);
        write(file, 0, "abc");
    }

    @Test
    void the_chosen_force_fails() {
        LogFile file = directory.create("a");
        directory.failForceAfter(1);
        file.force();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(file::force);
        file.force();
    }

    @Test
    void a_flipped_bit_and_an_unreadable_file_show() {
        LogFile file = directory.create("a");
        write(file, 0, "a");
        directory.flip("a", 1);
        assertThat(read(file, 0, 1)).isEqualTo("c");
        directory.failReadsOf("a");
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> read(file, 0, 1));
    }

    @Test
    void a_copy_goes_its_own_way() {
        LogFile file = directory.create("a");
        write(file, 0, "hello");
        SimulatedDirectory copy = directory.copy();
        write(file, 0, "J");
        assertThat(copy.content("a").map(LogDirectoryContract::text)).contains("hello");
    }
}
