package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.TransferStatus;
import org.understudy.UnavailableException;

/** S47: an initialisation that is interrupted goes on at the last whole piece, for real (docs/protocol.md §5). */
@Timeout(120)
class SyncResumptionTest {
    private static final int VALUES = 60;
    private static final int VALUE_BYTES = 100_000;
    /** At most: small files have smaller ones. */
    private static final long PIECE_BYTES = 256 << 10;

    @TempDir
    Path folder;

    private TestGroup group() {
        return new TestGroup(folder, 2, builder -> builder.set("segment-size", "64KiB")
                .set("log-retention", "0")
                .set("log-retention-time", "100ms")
                .set("transfer-limit", "2MiB"));
    }

    /** A group of one whose log no longer goes back to its beginning. */
    private static Environment filled(TestGroup group) {
        Environment creator = group.start(0);
        Random random = new Random(1);
        for (int i = 0; i < VALUES; i++) {
            StringBuilder value = new StringBuilder(VALUE_BYTES);
            random.ints(VALUE_BYTES, '0', 'z').forEach(letter -> value.append((char) letter));
            names(creator).put("key" + i, value.toString());
        }
        await().atMost(TestGroup.PATIENCE)
                .untilAsserted(
                        () -> assertThat(creator.status().log().startLsn()).isGreaterThan(VALUES / 2));
        return creator;
    }

    private static TransferStatus transfer(Environment site) {
        return TestGroup.fresh(site).transfer();
    }

    /** How much the whole copy has, once more than half of it is here. */
    private static long awaitHalf(Environment site) {
        await().atMost(TestGroup.PATIENCE).untilAsserted(() -> {
            TransferStatus now = transfer(site);
            assertThat(now.bytesTotal()).isPositive();
            assertThat(now.bytesDone() * 2).isGreaterThan(now.bytesTotal());
        });
        return transfer(site).bytesTotal();
    }

    @Test
    void S47_it_goes_on_where_it_was_after_a_restart_of_the_client() {
        try (TestGroup group = group()) {
            Environment creator = filled(group);
            group.open(1).startAsync();
            long total = awaitHalf(group.site(1));
            group.close(1);
            group.start(1);
            group.converged();
            assertThat(transfer(group.site(1)).initialisations()).isEqualTo(1);
            assertThat(transfer(creator).chunksServed() * PIECE_BYTES).isLessThan(total * 16 / 10);
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(group.home(1).resolve("incoming")).doesNotExist());
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.home(0).resolve("checkpoints"))
                            .satisfiesAnyOf(
                                    checkpoints -> assertThat(checkpoints).doesNotExist(),
                                    checkpoints -> assertThat(checkpoints).isEmptyDirectory()));
        }
    }

    @Test
    void S47_it_goes_on_where_it_was_after_a_restart_of_the_source() {
        try (TestGroup group = group()) {
            filled(group);
            group.open(1).startAsync().exceptionally(interrupted -> {
                assertThat(interrupted).isInstanceOf(UnavailableException.class);
                return null;
            });
            long total = awaitHalf(group.site(1));
            group.close(0);
            Environment creator = group.start(0);
            group.converged();
            assertThat(transfer(group.site(1)).initialisations()).isEqualTo(1);
            assertThat(transfer(creator).chunksServed() * PIECE_BYTES).isLessThan(total * 95 / 100);
        }
    }

    @Test
    void S47_what_was_damaged_on_the_disk_meanwhile_is_fetched_again() throws Exception {
        try (TestGroup group = group()) {
            filled(group);
            group.open(1).startAsync();
            awaitHalf(group.site(1));
            group.close(1);
            Path files = group.home(1).resolve("incoming").resolve("files");
            try (var all = Files.list(files)) {
                for (Path file : all.toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    if (bytes.length > 0) {
                        bytes[bytes.length / 2] ^= 1;
                        Files.write(file, bytes);
                    }
                }
            }
            group.start(1);
            group.converged();
        }
    }
}
