package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.content;
import static org.understudy.site.TestGroup.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BackupInfo;
import org.understudy.ConfigurationException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.event.InitDone;

/** Backing an environment up while it is used, and restoring it. */
class BackupTest {
    @TempDir
    private Path folder;

    private EnvironmentConfig local(String home) {
        return EnvironmentConfig.builder(folder.resolve(home)).build();
    }

    @Test
    void what_is_restored_is_a_moment_of_what_was_written_while_it_was_backed_up() {
        AtomicBoolean enough = new AtomicBoolean();
        BackupInfo backup;
        try (Environment environment = Environment.open(local("home"))) {
            for (int i = 0; i < 1000; i++) {
                names(environment).put("k" + i, "0");
            }
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int round = 1; !enough.get(); round++) {
                    String value = String.valueOf(round);
                    environment.write(txn -> {
                        names(environment).put(txn, "first", value);
                        names(environment).put(txn, "second", value);
                    });
                }
            });
            await().until(() -> names(environment).contains("first"));
            backup = environment.backup(folder.resolve("backup"));
            enough.set(true);
            writer.join();
            assertThat(backup.standing().lsn())
                    .isLessThanOrEqualTo(environment.status().log().lastLsn());
        }
        assertThat(Environment.restore(backup.directory(), local("restored"))).isEqualTo(backup);
        try (Environment restored = Environment.open(local("restored"))) {
            assertThat(TestGroup.fresh(restored).local().standing()).isEqualTo(backup.standing());
            assertThat(names(restored).get("k999")).contains("0");
            assertThat(names(restored).get("first"))
                    .isPresent()
                    .isEqualTo(names(restored).get("second"));
            names(restored).put("after", "1");
        }
    }

    @Test
    void S67_a_backup_starts_a_new_site_that_needs_only_the_log_behind_it() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.start(0);
            group.start(1);
            Environment master = group.master();
            names(master).put("before", "1");
            group.converged();
            Environment client = group.client();
            BackupInfo backup = client.backup(folder.resolve("backup"));
            assertThat(backup.group()).isEqualTo(TestGroup.fresh(master).local().group());
            names(master).put("after", "2");
            Environment.restore(backup.directory(), group.config(2).build());
            Environment joined = group.start(2);
            assertThat(group.converged()).isEqualTo(new TreeMap<>(Map.of("before", "1", "after", "2")));
            assertThat(group.events(2, InitDone.class)).isEmpty();
            assertThat(TestGroup.fresh(joined).local().incarnation())
                    .isNotEqualTo(client.status().local().incarnation());
            assertThat(TestGroup.fresh(joined).log().startLsn()).isGreaterThan(1);
            assertThat(content(joined)).isEqualTo(content(master));
        }
    }

    @Test
    void a_backup_overwrites_nothing_and_neither_does_a_restore() throws IOException {
        try (Environment environment = Environment.open(local("home"))) {
            BackupInfo backup = environment.backup(folder.resolve("backup"));
            assertThat(Files.exists(folder.resolve("backup/ballot"))).isFalse();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> environment.backup(folder.resolve("backup")))
                    .withMessageContaining("is not empty");
            Files.createDirectories(folder.resolve("full"));
            Files.writeString(folder.resolve("full/file"), "mine");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> Environment.restore(backup.directory(), local("full")))
                    .withMessageContaining("is not empty");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> Environment.restore(folder.resolve("full"), local("new")))
                    .withMessageContaining("is no backup");
        }
    }

    @Test
    void a_damaged_backup_is_refused_and_leaves_a_home_that_is_refused_too() throws IOException {
        BackupInfo backup;
        try (Environment environment = Environment.open(local("home"))) {
            names(environment).put("k", "v");
            backup = environment.backup(folder.resolve("backup"));
        }
        Path file = backup.directory().resolve("data/CURRENT");
        byte[] bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
        assertThatExceptionOfType(EnvironmentCorruptedException.class)
                .isThrownBy(() -> Environment.restore(backup.directory(), local("restored")))
                .withMessageContaining("data/CURRENT");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Environment.open(local("restored")))
                .withMessageContaining("was not finished");
        Path manifest = backup.directory().resolve("backup.manifest");
        Files.writeString(manifest, Files.readString(manifest).replace("permanent ", "permanent 1"));
        assertThatExceptionOfType(EnvironmentCorruptedException.class)
                .isThrownBy(() -> Environment.restore(backup.directory(), local("another")))
                .withMessageContaining("backup.manifest");
    }
}
