package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.understudy.site.TestGroup.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BackupInfo;
import org.understudy.ConfigurationException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.StorageKind;
import org.understudy.UnavailableException;

/** Environments wholly in memory, alone and in a group. */
@EnabledOnOs(OS.LINUX)
class MemoryEnvironmentTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path folder;

    private Set<Path> before;

    @BeforeEach
    void look() throws IOException {
        before = homes();
    }

    private static Set<Path> homes() throws IOException {
        try (Stream<Path> files = Files.list(MEMORY)) {
            return files.filter(file -> file.getFileName().toString().startsWith("understudy-memory-"))
                    .collect(Collectors.toSet());
        }
    }

    private Set<Path> ours() throws IOException {
        Set<Path> now = homes();
        now.removeAll(before);
        now.removeIf(home -> !home.getFileName()
                .toString()
                .contains("-" + ProcessHandle.current().pid() + "-"));
        return now;
    }

    private static EnvironmentConfig inMemory() {
        return EnvironmentConfig.builder().storage(StorageKind.MEMORY).build();
    }

    @Test
    void a_local_store_in_memory_needs_no_home_and_leaves_nothing() throws IOException {
        try (Environment environment = Environment.open(inMemory())) {
            names(environment).put("k", "v");
            assertThat(names(environment).get("k")).contains("v");
            assertThat(environment.config()).isEqualTo(inMemory());
            assertThat(ours()).singleElement().satisfies(home -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------"));
        }
        assertThat(ours()).isEmpty();
        try (Environment environment = Environment.open(inMemory())) {
            assertThat(names(environment).get("k")).isEmpty();
        }
    }

    @Test
    void a_backup_keeps_what_is_in_memory() {
        BackupInfo backup;
        try (Environment environment = Environment.open(inMemory())) {
            names(environment).put("k", "v");
            backup = environment.backup(folder.resolve("backup"));
        }
        EnvironmentConfig onDisk =
                EnvironmentConfig.builder(folder.resolve("home")).build();
        Environment.restore(backup.directory(), onDisk);
        try (Environment environment = Environment.open(onDisk)) {
            assertThat(names(environment).get("k")).contains("v");
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Environment.restore(backup.directory(), inMemory()))
                .withMessageContaining("in memory");
    }

    @Test
    void what_a_killed_process_left_is_cleared_away() throws IOException {
        long gone = 4_194_305; // no process has a number this high
        Path orphan = Files.createTempDirectory(MEMORY, "understudy-memory-" + gone + "-");
        Path young = Files.createTempDirectory(MEMORY, "understudy-memory-" + gone + "-");
        try {
            Files.writeString(orphan.resolve("data"), "left");
            Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minusSeconds(120)));
            Environment.open(inMemory()).close();
            assertThat(orphan).doesNotExist();
            assertThat(young).exists();
        } finally {
            Files.deleteIfExists(young);
        }
    }

    @Test
    void a_directory_that_is_not_in_memory_is_refused() {
        EnvironmentConfig config = EnvironmentConfig.builder()
                .storage(StorageKind.MEMORY)
                .memoryDirectory(Path.of("/proc"))
                .build();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Environment.open(config))
                .withMessageContaining("memory-directory=/proc is not in memory but in a file system of type proc");
    }

    @Test
    void a_creator_in_memory_makes_no_group_before_all_others_have_said_that_there_is_none() {
        try (TestGroup group = new TestGroup(
                folder, 2, builder -> builder.storage(StorageKind.MEMORY).set("join-timeout", "500ms"))) {
            Environment creator = group.open(0);
            assertThatExceptionOfType(UnavailableException.class).isThrownBy(creator::start);
            assertThat(creator.status().local().group()).isEmpty();
        }
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.storage(StorageKind.MEMORY))) {
            group.startAll();
            names(group.master()).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
        }
        assertThat(folder.resolve("site0")).doesNotExist();
    }

    @Test
    void what_is_restarted_in_memory_comes_back_from_the_group_the_creator_too() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.storage(StorageKind.MEMORY))) {
            group.startAll();
            names(group.master()).put("k", "0");
            Optional<UUID> id = TestGroup.fresh(group.master()).local().group();
            for (int site = 0; site < 3; site++) {
                UUID before = TestGroup.fresh(group.site(site)).local().incarnation();
                group.close(site);
                names(group.master()).put("k" + site, "while it was away");
                Environment again = group.start(site);
                assertThat(group.converged()).hasSize(site + 2);
                assertThat(TestGroup.fresh(again).local().incarnation()).isNotEqualTo(before);
                assertThat(TestGroup.fresh(again).local().group()).isEqualTo(id);
            }
            assertThat(TestGroup.fresh(group.master()).sites()).hasSize(3);
        }
    }

    @Test
    void a_creator_in_memory_without_others_to_ask_is_refused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EnvironmentConfig.builder()
                        .storage(StorageKind.MEMORY)
                        .localSite("localhost:7000")
                        .groupCreator(true)
                        .bootstrapHelpers(List.of("localhost:7000"))
                        .build())
                .withMessageContaining("needs other sites in bootstrap-helpers");
    }
}
