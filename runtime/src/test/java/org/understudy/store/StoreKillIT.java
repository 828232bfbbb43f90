package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes to stores, again and again: each time the data must be a prefix of what the log holds, and the
 * log's rest must bring it to the log's end. The child's log reaches its file only when it is forced, so that a flush that
 * overtook its force would be found. {@code -Dstore.kill.rounds=…} makes it longer.
 */
class StoreKillIT {
    private static final int ROUNDS = Integer.getInteger("store.kill.rounds", 15);
    private static final int STORES = 4;
    private static final int LONGEST_LIFE_MILLIS = 600;

    @TempDir
    Path folder;

    @Test
    void data_and_log_agree_after_every_kill() throws Exception {
        long seed = Long.getLong("store.kill.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Process child = start(seed + round, "write");
            try {
                String told = readChecks(child);
                assertThat(told).as("round %d of seed %d", round, seed).doesNotContain("failed");
                assertThat(child.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS))
                        .as("ended by itself in round %d of seed %d", round, seed)
                        .isFalse();
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        Process last = start(seed, "check");
        assertThat(readChecks(last)).as("after the last round of seed %d", seed).doesNotContain("failed");
        assertThat(last.waitFor()).isZero();
    }

    @Test
    void a_process_that_is_told_to_end_ends_though_its_stores_are_open() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process child = start(round, "write");
            try {
                assertThat(readChecks(child)).doesNotContain("failed");
                child.waitFor(LONGEST_LIFE_MILLIS, TimeUnit.MILLISECONDS);
                child.destroy();
                assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(long seed, String what) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                StoreKillChild.class.getName(),
                Long.toString(seed),
                what));
        for (int i = 0; i < STORES; i++) {
            command.add(folder.resolve("store" + i).toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What the child says until it has checked all its stores, or failed. */
    private static String readChecks(Process child) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder told = new StringBuilder();
        int checked = 0;
        while (checked < STORES) {
            String line = reader.readLine();
            if (line == null) {
                return told + "failed: ended too early\n";
            }
            told.append(line).append('\n');
            checked += line.startsWith("checked") ? 1 : 0;
        }
        return told.toString();
    }
}
