package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every directory must do, the simulated one as well as the real one: so the simulator's disk is honest. */
abstract class LogDirectoryContract {
    abstract LogDirectory directory();

    @Test
    void a_new_directory_is_empty() {
        assertThat(directory().names()).isEmpty();
        assertThat(directory().content("a")).isEmpty();
    }

    @Test
    void what_is_written_is_read() {
        try (LogFile file = directory().create("a")) {
            write(file, 0, "hello");
            write(file, 5, " world");
            write(file, 0, "J");
            assertThat(file.size()).isEqualTo(11);
            assertThat(read(file, 0, 100)).isEqualTo("Jello world");
            assertThat(read(file, 6, 3)).isEqualTo("wor");
        }
        assertThat(directory().content("a").map(LogDirectoryContract::text)).contains("Jello world");
    }

    @Test
    void a_part_of_an_array_is_written_and_read() {
        try (LogFile file = directory().create("a")) {
            file.write(0, bytes("hello"), 1, 3);
            byte[] target = bytes("-------");
            assertThat(file.read(1, target, 2, 2)).isEqualTo(2);
            assertThat(text(target)).isEqualTo("--ll---");
        }
    }

    @Test
    void reading_at_the_end_reads_nothing() {
        try (LogFile file = directory().create("a")) {
            write(file, 0, "hello");
            assertThat(file.read(5, new byte[4], 0, 4)).isZero();
        }
    }

    @Test
    void a_file_is_found_again_by_a_second_handle() {
        try (LogFile writer = directory().create("a");
                LogFile reader = directory().open("a")) {
            write(writer, 0, "hello");
            assertThat(read(reader, 0, 5)).isEqualTo("hello");
        }
    }

    @Test
    void a_cut_file_is_shorter_and_goes_on_from_there() {
        try (LogFile file = directory().create("a")) {
            write(file, 0, "hello world");
            file.truncate(5);
            assertThat(file.size()).isEqualTo(5);
            assertThat(read(file, 0, 100)).isEqualTo("hello");
            write(file, 5, "!");
            file.force();
            assertThat(read(file, 0, 100)).isEqualTo("hello!");
        }
    }

    @Test
    void names_come_in_order_and_go_with_their_files() {
        directory().create("b").close();
        directory().create("c").close();
        directory().create("a").close();
        assertThat(directory().names()).containsExactly("a", "b", "c");
        directory().delete("b");
        directory().force();
        assertThat(directory().names()).containsExactly("a", "c");
    }

    @Test
    void a_file_is_created_once() {
        directory().create("a").close();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> directory().create("a"))
                .withMessageContaining("a");
    }

    @Test
    void a_missing_file_is_an_error_that_names_it() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> directory().open("missing"))
                .withMessageContaining("missing");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> directory().delete("missing"))
                .withMessageContaining("missing");
        assertThat(directory().names()).isEmpty();
    }

    @Test
    void a_closed_file_is_an_error_and_closing_twice_is_none() {
        LogFile file = directory().create("a");
        file.close();
        file.close();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> write(file, 0, "x"));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> read(file, 0, 1));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> file.truncate(0));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(file::force);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(file::size);
    }

    @Test
    void a_small_file_is_replaced_as_a_whole() {
        directory().replace("a", bytes("a long content"));
        directory().replace("a", bytes("short"));
        assertThat(directory().content("a").map(LogDirectoryContract::text)).contains("short");
        assertThat(directory().names()).containsExactly("a");
    }

    @Test
    void an_interrupted_thread_gets_its_work_done_and_stays_interrupted() {
        try (LogFile file = directory().create("a")) {
            Thread.currentThread().interrupt();
            write(file, 0, "hello");
            file.force();
            directory().replace("b", bytes("content"));
            assertThat(read(file, 0, 5)).isEqualTo("hello");
            directory().force();
            assertThat(Thread.interrupted()).isTrue();
            write(file, 5, " again");
            assertThat(read(file, 0, 20)).isEqualTo("hello again");
        }
        assertThat(directory().content("b").map(LogDirectoryContract::text)).contains("content");
    }

    @Test
    void reading_and_forcing_go_on_beside_writing() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        byte[] written = new byte[100_000];
        Arrays.fill(written, (byte) 7);
        try (LogFile file = directory().create("a")) {
            Future<Integer> seen = executor.submit(() -> {
                int count = 0;
                while (count < 100_000) {
                    file.force();
                    byte[] target = new byte[100_000];
                    count = file.read(0, target, 0, target.length);
                    assertThat(Arrays.equals(target, 0, count, written, 0, count))
                            .isTrue();
                }
                return count;
            });
            for (int i = 0; i < 100; i++) {
                file.write(i * 1000L, written, i * 1000, 1000);
            }
            assertThat(seen.get()).isEqualTo(100_000);
        } finally {
            executor.shutdown();
        }
    }

    static void write(LogFile file, long position, String text) {
        byte[] bytes = bytes(text);
        file.write(position, bytes, 0, bytes.length);
    }

    static String read(LogFile file, long position, int length) {
        byte[] bytes = new byte[length];
        return text(Arrays.copyOf(bytes, file.read(position, bytes, 0, length)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
