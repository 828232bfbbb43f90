package org.understudy.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.log.file.HomeLock;
import org.understudy.site.TestGroup;

/**
 * One site has three processes, two others one each, and all of the first write. Whichever of them replicates is ended again
 * and again, in order or by a kill, and another one takes over (protocol.md §11). {@code -Dtakeover.rounds} makes it longer,
 * {@code -Dtakeover.seed} another one.
 */
class TakeoverLoopIT {
    private static final int ROUNDS = Integer.getInteger("takeover.rounds", 12);
    private static final long SEED = Long.getLong("takeover.seed", 1);
    private static final int PROCESSES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern MASTER = Pattern.compile("USTDY-0361 \\[[^@]*@([^]]+)] MASTER in generation ([0-9]+)");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Set<Long> acked = ConcurrentHashMap.newKeySet();
    private final List<SiteProcess> others = new ArrayList<>();
    private final List<SiteProcess> processes = new ArrayList<>();
    private List<String> names = List.of();
    private int started;

    @BeforeEach
    void start_the_group() {
        names = TestGroup.freeNames(3);
        processes.add(start(0));
        awaitAcks(1);
        others.add(start(1));
        others.add(start(2));
        while (processes.size() < PROCESSES) {
            processes.add(start(0));
        }
        await().atMost(PATIENCE).until(() -> areReady(everybody()));
        awaitAcks(acked.size() + 500);
    }

    @Test
    void S80_no_acknowledged_write_is_missing_however_the_replication_process_goes() throws Exception {
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            awaitAcks(acked.size() + 1 + random.nextInt(300));
            SiteProcess victim = holder();
            if (random.nextBoolean()) {
                victim.kill();
            } else {
                assertThat(victim.end()).as("it ends in order").isTrue();
            }
            processes.remove(victim);
            await().atMost(PATIENCE).until(() -> findHolder().isPresent());
            taken++;
            processes.add(start(0));
            // One that starts just when the home is free opens it by itself, and takes nothing over.
            await().atMost(PATIENCE).until(() -> areReady(processes));
        }
        awaitAcks(acked.size() + 1);
        judge();
        assertThat(count("USTDY-0523")).isGreaterThanOrEqualTo(taken);
    }

    @Test
    void nobody_takes_over_from_a_process_that_is_only_stopped() throws Exception {
        SiteProcess stopped = holder();
        stopped.stop();
        await().atMost(PATIENCE).until(() -> isMasterElsewhere());
        assertThat(holder()).isSameAs(stopped);
        assertThat(count("USTDY-0523")).isZero();
        stopped.goOn();
        judge();
        assertThat(holder()).isSameAs(stopped);
        assertThat(count("USTDY-0523")).isZero();
    }

    private SiteProcess start(int site) {
        Map<String, String> options = Map.of(
                "local-site",
                names.get(site),
                "bootstrap-helpers",
                String.join(",", names),
                "group-creator",
                String.valueOf(site == 0),
                "priority",
                site == 0 ? "200" : "100",
                "takeover-grace",
                "10s",
                "process-timeout",
                "30s",
                "segment-size",
                "256KiB");
        return new SiteLaunch(folder.resolve("site" + site), SerialWriters.class.getSimpleName(), options)
                .start(started++, this::heard);
    }

    private void heard(String line) {
        if (line.startsWith(SerialWriters.ACKNOWLEDGED)) {
            acked.add(Long.parseLong(line.substring(SerialWriters.ACKNOWLEDGED.length())));
        }
    }

    private void awaitAcks(int count) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> acked.size() >= count);
    }

    /** The process that has the lock of the first site's home. */
    private SiteProcess holder() {
        return findHolder().orElseThrow(() -> new AssertionError("nobody has the home"));
    }

    private Optional<SiteProcess> findHolder() {
        String words = read(folder.resolve("site0").resolve(HomeLock.NAME));
        return processes.stream()
                .filter(process -> process.isAlive() && words.equals("process " + process.pid()))
                .findFirst();
    }

    private boolean isMasterElsewhere() {
        return masters().values().stream().anyMatch(site -> !site.equals(names.get(0)));
    }

    /** All hold the same, nothing acknowledged is missing, and each generation had one master. */
    private void judge() throws Exception {
        List<SiteProcess> all = everybody();
        for (SiteProcess process : all) {
            assertThat(process.ask("quiet")).isPresent();
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> areEqual(all));
        Set<Long> first = dump(all, 0);
        assertThat(first).containsAll(acked);
        for (int i = 1; i < all.size(); i++) {
            assertThat(dump(all, i)).isEqualTo(first);
        }
        assertThat(count("USTDY-0363")).as("sites that broke a promise").isZero();
        System.out.println("takeovers: " + count("USTDY-0523") + ", processes " + started + ", masters " + masters()
                + ", writes acknowledged " + acked.size() + ", there " + first.size());
    }

    private List<SiteProcess> everybody() {
        List<SiteProcess> all = new ArrayList<>(processes);
        all.addAll(others);
        return all;
    }

    private static boolean areReady(List<SiteProcess> all) throws InterruptedException {
        for (SiteProcess process : all) {
            if (process.ask("where").filter(at -> at.endsWith("true")).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Who was master of which generation, by what they logged. */
    private Map<Long, String> masters() {
        Map<Long, String> masters = new HashMap<>();
        for (int site = 0; site < names.size(); site++) {
            Matcher matcher = MASTER.matcher(log(site));
            while (matcher.find()) {
                String before = masters.put(Long.parseLong(matcher.group(2)), matcher.group(1));
                assertThat(before)
                        .as("another master of generation " + matcher.group(2))
                        .isNull();
            }
        }
        return masters;
    }

    private static boolean areEqual(List<SiteProcess> all) throws InterruptedException {
        Set<Optional<String>> positions = new HashSet<>();
        for (SiteProcess process : all) {
            positions.add(process.ask("where"));
        }
        return positions.size() == 1
                && positions.iterator().next().filter(at -> at.endsWith("true")).isPresent();
    }

    private Set<Long> dump(List<SiteProcess> all, int index) throws Exception {
        Path file = folder.resolve("dump" + index);
        assertThat(all.get(index).ask("dump " + file)).isPresent();
        Set<Long> serials = new HashSet<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.hasRemaining()) {
            serials.add(bytes.getLong());
        }
        return serials;
    }

    private int count(String id) {
        int count = 0;
        for (int site = 0; site < names.size(); site++) {
            count += log(site).split(id, -1).length - 1;
        }
        return count;
    }

    private String log(int site) {
        return read(folder.resolve("site" + site + ".log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void kill_the_processes() {
        processes.forEach(SiteProcess::goOn);
        processes.forEach(SiteProcess::kill);
        others.forEach(SiteProcess::kill);
    }
}
