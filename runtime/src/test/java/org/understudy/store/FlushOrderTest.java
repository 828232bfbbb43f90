package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;
import static org.understudy.store.Site.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Standing;
import org.understudy.WriteFailedException;

/** What reaches the disk is a prefix of the log there (protocol.md §2.1). */
class FlushOrderTest {
    private static final StoreOptions TINY = Site.OPTIONS.withWriteBufferBytes(64 << 10);

    @TempDir
    Path folder;

    @Test
    void the_log_is_forced_before_a_flush() {
        try (Site site = new Site(folder)) {
            site.put("names", "a", "1");
            assertThat(site.log.forcedLsn()).isZero();
            site.store.flush();
            assertThat(site.log.forcedLsn()).isEqualTo(site.log.lastLsn());
        }
    }

    @Test
    void a_full_memtable_forces_the_log_too() {
        try (Site site = new Site(folder, TINY, new MemoryLog())) {
            for (int i = 0; i < 3000; i++) {
                site.put("names", "key" + i, "value".repeat(20));
            }
            await().untilAsserted(() -> assertThat(site.log.forcedLsn()).isPositive());
        }
    }

    @Test
    void a_flush_whose_log_could_not_be_forced_leaves_the_disk_as_it_was() {
        MemoryLog log = new MemoryLog();
        Standing flushed;
        try (Site site = new Site(folder, TINY, log)) {
            site.put("names", "a", "1");
            site.store.flush();
            flushed = site.store.applied();
            log.failForces(new IllegalStateException("the disk is gone"));
            site.put("names", "a", "2");
            assertThatThrownBy(site.store::flush)
                    .isInstanceOf(WriteFailedException.class)
                    .hasMessageContaining("node1:7000");
        }
        try (Store reopened = Store.open(folder, TINY, () -> {})) {
            assertThat(reopened.applied()).isEqualTo(flushed);
            assertThat(reopened.get("names", bytes("a"))).contains(bytes("1"));
        }
    }

    @Test
    void a_force_that_fails_in_the_background_ends_writing() {
        MemoryLog log = new MemoryLog();
        AtomicReference<WriteFailedException> told = new AtomicReference<>();
        try (Site site = new Site(folder, TINY, log)) {
            site.store.failure().thenAccept(told::set);
            site.put("names", "a", "1");
            log.failForces(new IllegalStateException("the disk is gone"));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            site.put("names", "key" + i, "value".repeat(20));
                        }
                    })
                    .isInstanceOf(WriteFailedException.class);
            await().untilAtomic(told, notNullValue());
            assertThat(site.store.failed()).isTrue();
            assertThatThrownBy(() -> site.put("names", "b", "1")).isInstanceOf(WriteFailedException.class);
            assertThat(site.get("names", "a")).contains("1");
        }
        try (Store reopened = Store.open(folder, TINY, () -> {})) {
            assertThat(reopened.applied()).isEqualTo(Standing.ZERO);
        }
    }

    @Test
    void a_flush_that_fails_ends_writing() throws IOException {
        try (Site site = new Site(folder, TINY, new MemoryLog())) {
            site.put("names", "a", "1");
            site.store.flush();
            Files.move(folder.resolve("data"), folder.resolve("elsewhere"));
            site.put("names", "a", "2");
            assertThatThrownBy(site.store::flush).isInstanceOf(WriteFailedException.class);
            assertThatThrownBy(() -> site.put("names", "a", "3")).isInstanceOf(WriteFailedException.class);
            assertThat(site.get("names", "a")).contains("2");
        }
    }

    @Test
    void a_flush_that_fails_in_the_background_is_noticed() throws IOException {
        try (Site site = new Site(folder, TINY, new MemoryLog())) {
            site.put("names", "a", "1");
            site.store.flush();
            Files.move(folder.resolve("data"), folder.resolve("elsewhere"));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            site.put("names", "key" + i, "value".repeat(20));
                            site.store.expireTransactions();
                        }
                    })
                    .isInstanceOf(WriteFailedException.class);
            assertThat(site.store.failed()).isTrue();
        }
    }
}
