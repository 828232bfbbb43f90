package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What native libraries leave in the folder for temporary files. */
class NativeFoldersTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    /** Processes have smaller numbers. */
    private static final long NOBODY = 999_999_999L;

    private static Path folderOf(long pid) throws IOException {
        Path folder = Files.createTempDirectory(TEMPORARY, "understudy-rocksdb-" + pid + "-");
        Files.writeString(folder.resolve("librocksdbjni.so"), "a library");
        return folder;
    }

    @Test
    void what_a_killed_process_left_is_cleared_away() throws IOException {
        Path left = folderOf(NOBODY);
        NativeFolders.clearAway();
        assertThat(left).doesNotExist();
    }

    @Test
    void so_is_what_one_left_whose_number_another_has_now() throws IOException {
        Path left = folderOf(ProcessHandle.current().pid());
        Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));
        NativeFolders.clearAway();
        assertThat(left).doesNotExist();
    }

    @Test
    void those_of_running_processes_stay_and_so_does_what_is_not_ours() throws IOException {
        Path foreign = Files.createTempDirectory(TEMPORARY, "understudy-rocksdb-notes");
        List<Path> kept = List.of(folderOf(ProcessHandle.current().pid()), foreign);
        NativeFolders.clearAway();
        assertThat(kept).allMatch(Files::exists);
        Files.delete(kept.get(0).resolve("librocksdbjni.so"));
        for (Path folder : kept) {
            Files.delete(folder);
        }
    }
}
