package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A group of real processes on real disks and sockets, under load, while networks, processes, disks and clocks fail. What
 * its clients saw is then judged by the logs it leaves behind. {@code -Dharness.minutes} makes it longer, {@code
 * -Dharness.seed} draws other faults; everything is left below {@code target/harness}.
 */
class FaultHarnessIT {
    private static final int MINUTES = Integer.getInteger("harness.minutes", 2);
    private static final long SEED = Long.getLong("harness.seed", 1);
    private static final int SITES = Integer.getInteger("harness.sites", 3 + Math.floorMod(SEED, 3));
    private static final int DISK_MEBIBYTES = 96 + 24 * MINUTES;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void whatever_fails_the_group_keeps_its_promises() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "harness"));
        folder = Files.createTempDirectory(folder, "seed" + SEED + "-");
        try (TormentedGroup group = new TormentedGroup(folder, SITES, DISK_MEBIBYTES)) {
            System.out.println("seed " + SEED + ": " + SITES + " processes for " + MINUTES + " minutes"
                    + (group.disk(0).isPresent()
                            ? ""
                            : "; no disk is full, for mounting a small one takes an administrator's rights")
                    + (group.clock(0).isPresent() ? "" : "; no clock jumps, for libfaketime is not installed"));
            group.startAll();
            awaitProgress(group);
            Tormentor tormentor = new Tormentor(group, SEED);
            tormentor.begin();
            long endNanos = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
            await().atMost(Duration.ofMinutes(MINUTES + 1))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> System.nanoTime() > endNanos
                            || !group.chronicle().broken().isEmpty());
            tormentor.end();
            System.out.println(tormentor.summary());
            awaitProgress(group);
            settle(group);
            Map<Long, Long> content = content(group, folder);
            judge(group, content);
        }
    }

    private static void awaitProgress(TormentedGroup group) {
        int before = group.chronicle().done();
        await().atMost(PATIENCE).until(() -> group.chronicle().done() > before + 100);
    }

    /** Everybody stops writing, and all apply the same. */
    private static void settle(TormentedGroup group) throws InterruptedException {
        for (SiteProcess process : group.processes()) {
            assertThat(process.ask("quiet")).isPresent();
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> areEqual(group));
    }

    private static boolean areEqual(TormentedGroup group) throws InterruptedException {
        String first = group.process(0).ask("where").orElse("");
        boolean equal = first.endsWith(" true");
        for (SiteProcess process : group.processes()) {
            equal &= process.ask("where").orElse("").equals(first);
        }
        return equal;
    }

    /** What all sites hold. */
    private static Map<Long, Long> content(TormentedGroup group, Path folder) throws Exception {
        Map<Long, Long> first = new TreeMap<>();
        for (int site = 0; site < group.size(); site++) {
            Path file = folder.resolve("dump" + site).toAbsolutePath();
            assertThat(group.process(site).ask("dump " + file)).isPresent();
            Map<Long, Long> content = read(file);
            if (site == 0) {
                first.putAll(content);
            }
            assertThat(content).as("what %s holds", group.name(site)).isEqualTo(first);
        }
        return first;
    }

    private static Map<Long, Long> read(Path file) throws IOException {
        Map<Long, Long> content = new TreeMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.hasRemaining()) {
            content.put(bytes.getLong(), bytes.getLong());
        }
        return content;
    }

    private static void judge(TormentedGroup group, Map<Long, Long> content) throws InterruptedException {
        for (int site = 0; site < group.size(); site++) {
            assertThat(group.process(site).end())
                    .as("%s ends by itself", group.name(site))
                    .isTrue();
        }
        SiteLogs logs = new SiteLogs();
        for (int site = 0; site < group.size(); site++) {
            logs.read(group.name(site), group.home(site));
        }
        Verdict verdict = logs.judge(group.chronicle());
        assertThat(content).isEqualTo(verdict.content());
        System.out.println(verdict.summary());
    }
}
