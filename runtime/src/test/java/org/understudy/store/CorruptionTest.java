package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.EnvironmentCorruptedException;

/** A read that fails its checksum is an error, never an answer (protocol.md §2.4). */
class CorruptionTest {
    @TempDir
    Path folder;

    @Test
    void a_flipped_bit_is_found_by_every_way_to_read() throws IOException {
        MemoryLog log = new MemoryLog();
        try (Site site = new Site(folder, Site.OPTIONS, log)) {
            for (int i = 0; i < 2000; i++) {
                site.put("names", "key" + (10_000 + i), "value".repeat(20));
            }
        }
        flipABitInEveryDataFile();
        try (Site site = new Site(folder, Site.OPTIONS, log)) {
            byte[] first = bytes("key10000");
            assertThatThrownBy(() -> site.store.get("names", first)).isInstanceOf(EnvironmentCorruptedException.class);
            assertThatThrownBy(() -> site.commit(List.of(
                            BlindWrite.put("names", first, first), BlindWrite.put("names", bytes("key10001"), first))))
                    .isInstanceOf(EnvironmentCorruptedException.class);
            assertThatThrownBy(site.store::verify)
                    .isInstanceOf(EnvironmentCorruptedException.class)
                    .hasMessageContaining("node1:7000");
            try (StoreTransaction transaction = site.store.begin(true)) {
                assertThatThrownBy(() -> transaction.get("names", first))
                        .isInstanceOf(EnvironmentCorruptedException.class);
                StoreCursor cursor = transaction.cursor("names", ByteRange.ALL, Direction.FORWARDS);
                assertThatThrownBy(cursor::next).isInstanceOf(EnvironmentCorruptedException.class);
            }
        }
    }

    @Test
    void sound_data_is_verified() {
        try (Site site = new Site(folder)) {
            site.put("names", "a", "1");
            site.store.flush();
            site.store.verify();
            assertThat(site.store.failed()).isFalse();
        }
    }

    private void flipABitInEveryDataFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".sst")).toList()) {
                if (Files.size(file) > 10_000) {
                    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
                        data.seek(500);
                        int old = data.read();
                        data.seek(500);
                        data.write(old ^ 4);
                    }
                }
            }
        }
    }
}
