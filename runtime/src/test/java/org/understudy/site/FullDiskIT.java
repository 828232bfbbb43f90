package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.ReplicationException;
import org.understudy.Role;
import org.understudy.event.WriteFailed;

/** The master's home stands on a small file system of its own, and that is full: a real disk, really full. */
class FullDiskIT {
    private static final String VALUE = "v".repeat(100_000);
    private static final int MORE_THAN_FITS = 5_000;

    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void a_small_disk() throws Exception {
        disk = Files.createDirectory(folder.resolve("site0"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
        assumeTrue(mounted, "mounting a small file system takes an administrator's rights");
    }

    @AfterEach
    void no_disk_is_left() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void a_full_disk_ends_a_mastership_loses_nothing_acknowledged_and_hangs_nobody() throws Exception {
        try (TestGroup group = new TestGroup(folder, 3, config -> config.set("write-buffer", "4MiB"))) {
            group.startAll();
            group.master();
            if (group.site(0).role() != Role.MASTER) {
                group.master().transferMastership(group.name(0));
            }
            Environment full = group.site(0);
            Set<String> acknowledged = new TreeSet<>();

            Throwable failure = fill(full, acknowledged);

            assertThat(failure).isInstanceOf(ReplicationException.class).hasMessageContaining(group.name(0));
            await().atMost(TestGroup.PATIENCE)
                    .until(() -> !group.events(0, WriteFailed.class).isEmpty());
            assertThatThrownBy(() -> TestGroup.names(full).put("after", "x")).isInstanceOf(ReplicationException.class);
            assertThat(TestGroup.fresh(full).local().ready()).isFalse();

            group.close(0);
            assertThat(TestGroup.content(group.master()).keySet()).containsAll(acknowledged);
            TestGroup.names(group.master()).put("others", "go on");

            assertThat(run("mount", "-o", "remount,size=1g", disk.toString())).isTrue();
            group.start(0);
            assertThat(group.converged().keySet()).containsAll(acknowledged).contains("others");
        }
    }

    /** Writes until that fails; returns how. */
    private static Throwable fill(Environment environment, Set<String> acknowledged) {
        return catchThrowable(() -> {
            for (int i = 0; i < MORE_THAN_FITS; i++) {
                TestGroup.names(environment).put("key" + i, VALUE);
                acknowledged.add("key" + i);
            }
        });
    }
}
