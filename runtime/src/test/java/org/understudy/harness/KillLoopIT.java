package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.Durability;
import org.understudy.site.TestGroup;

/**
 * Sites in processes of their own are killed under load, any of them at any moment, and started again. Afterwards no
 * acknowledged write is missing, and all sites hold the same. {@code -Dkill.rounds} makes it longer, {@code -Dkill.seed}
 * another one.
 */
class KillLoopIT {
    private static final int SITES = 3;
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 50);
    private static final long SEED = Long.getLong("kill.seed", 1);
    private static final int MOST_ACKS_BETWEEN_KILLS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Set<Long> acked = ConcurrentHashMap.newKeySet();
    private final List<SiteProcess> sites = new ArrayList<>();
    private List<String> names = List.of();
    private int processes;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void no_acknowledged_write_is_missing_whoever_is_killed(Durability durability) throws Exception {
        names = TestGroup.freeNames(SITES);
        for (int site = 0; site < SITES; site++) {
            sites.add(start(site, durability));
        }
        for (int round = 0; round < ROUNDS / Durability.values().length; round++) {
            awaitAcks(acked.size() + 1 + random.nextInt(MOST_ACKS_BETWEEN_KILLS));
            int victim = random.nextInt(SITES);
            sites.get(victim).kill();
            sites.set(victim, start(victim, durability));
        }
        awaitAcks(acked.size() + 1);
        for (SiteProcess site : sites) {
            assertThat(site.ask("quiet")).isPresent();
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(this::areEqual);
        List<Set<Long>> contents = dumps();
        assertThat(contents.get(0)).containsAll(acked);
        assertThat(contents.get(1)).isEqualTo(contents.get(0));
        assertThat(contents.get(2)).isEqualTo(contents.get(0));
        System.out.println(durability + ": " + processes + " processes, " + acked.size() + " writes acknowledged, "
                + contents.get(0).size() + " there");
    }

    private SiteProcess start(int site, Durability durability) {
        Map<String, String> options = Map.of(
                "local-site", names.get(site),
                "bootstrap-helpers", String.join(",", names),
                "group-creator", String.valueOf(site == 0),
                "durability", durability.name(),
                "segment-size", "256KiB",
                "log-retention", "2MiB");
        return new SiteLaunch(folder.resolve("site" + site), SerialWriters.class.getSimpleName(), options)
                .start(processes++, this::heard);
    }

    private void heard(String line) {
        if (line.startsWith(SerialWriters.ACKNOWLEDGED)) {
            acked.add(Long.parseLong(line.substring(SerialWriters.ACKNOWLEDGED.length())));
        }
    }

    private void awaitAcks(int count) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> acked.size() >= count);
    }

    /** All are ready and have applied the same; asked one after the other, which is enough when nobody writes. */
    private boolean areEqual() throws InterruptedException {
        Set<Optional<String>> positions = new HashSet<>();
        for (SiteProcess site : sites) {
            positions.add(site.ask("where"));
        }
        return positions.size() == 1
                && positions.iterator().next().filter(at -> at.endsWith("true")).isPresent();
    }

    private List<Set<Long>> dumps() throws Exception {
        List<Set<Long>> contents = new ArrayList<>();
        for (int site = 0; site < SITES; site++) {
            Path file = folder.resolve("dump" + site);
            assertThat(sites.get(site).ask("dump " + file)).isPresent();
            contents.add(read(file));
        }
        return contents;
    }

    private static Set<Long> read(Path file) throws IOException {
        Set<Long> serials = new HashSet<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.hasRemaining()) {
            serials.add(bytes.getLong());
        }
        return serials;
    }

    @AfterEach
    void kill_the_sites() {
        sites.forEach(SiteProcess::kill);
    }
}
