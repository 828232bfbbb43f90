package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskDirectoryTest extends LogDirectoryContract {
    @TempDir
    private Path home;

    private DiskDirectory directory;

    @BeforeEach
    void open() {
        directory = new DiskDirectory(home.resolve("log"));
    }

    @Override
    LogDirectory directory() {
        return directory;
    }

    @Test
    void a_directory_that_cannot_be_is_an_error_that_names_it() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new DiskDirectory(file))
                .withMessageContaining(file.toString());
    }

    @Test
    void what_a_crash_left_of_a_replacement_harms_no_later_one() throws Exception {
        Files.writeString(home.resolve("log").resolve("a.new"), "half a longer content than the next one");
        directory.replace("a", bytes("content"));
        assertThat(directory.content("a").map(LogDirectoryContract::text)).contains("content");
    }
}
