package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.WriteFailedException;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordBatch;

/**
 * A log is written, forced, cut, trimmed and begun anew at random, and crashes thousands of times, also in the middle of
 * any of these: what it holds afterwards is always what it was told, from a start it may have to an end it may have.
 */
class LogCrashTest {
    private enum Crash {
        PREFIX,
        SCATTERED,
        KILL
    }

    private static final int ROUNDS_PER_SEED = 40;
    private static final int SEEDS = 60;

    @ParameterizedTest
    @ValueSource(ints = {0, 600, 8192})
    void a_crash_loses_nothing_that_was_forced_and_leaves_a_prefix(int roomBytes) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new Run(seed, roomBytes).go();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", room " + roomBytes, e);
            }
        }
    }

    /** One log's life. */
    private static final class Run {
        private final SplittableRandom random;
        private final LogOptions options;
        private final SimulatedDirectory directory = new SimulatedDirectory();

        /** What the log was told to hold: the generation of each record above {@code below}. */
        private final List<Long> generations = new ArrayList<>();

        private Standing below = Standing.ZERO;
        private long generation = 1;
        private long forced;
        /** Where an interrupted trim and an interrupted reset may have led to. */
        private long startMayBe;

        private Optional<Standing> resetMayBe = Optional.empty();
        private Log log;

        Run(long seed, int roomBytes) {
            this.random = new SplittableRandom(seed);
            int tailBytes = random.nextBoolean() ? 0 : 3000;
            this.options = new LogOptions(new Place("test", Optional.empty()), 4096, roomBytes, tailBytes);
        }

        void go() {
            for (int round = 0; round < ROUNDS_PER_SEED; round++) {
                log = Log.open(directory, options, below);
                check();
                if (random.nextInt(3) > 0) {
                    directory.stopAfter(random.nextInt(60));
                }
                try {
                    for (int i = random.nextInt(40); i > 0; i--) {
                        act();
                    }
                } catch (WriteFailedException stopped) {
                    assertThat(stopped).hasMessageContaining("the process has stopped");
                }
                crash();
            }
        }

        private void act() {
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> forced = log.force();
                case 3 -> generation++;
                case 4 -> cut();
                case 5 -> trim();
                case 6 -> reset();
                case 7, 8 -> read();
                default -> append();
            }
        }

        private void append() {
            int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 4);
            RecordBatch batch = Records.batch(generation, end() + 1, count);
            for (int i = 0; i < count; i++) {
                generations.add(generation);
            }
            log.append(batch);
        }

        private void cut() {
            if (random.nextBoolean()) {
                return;
            }
            long kept = below.lsn() + random.nextLong(generations.size() + 1L);
            forced = Math.min(forced, kept);
            log.cut(kept);
            generations.subList((int) (kept - below.lsn()), generations.size()).clear();
            generation++;
            forced = log.forcedLsn();
        }

        private void trim() {
            long keep = log.startLsn() + random.nextLong(generations.size() + 1L);
            startMayBe = Math.max(startMayBe, keep);
            moveStart(log.trim(keep) - 1);
        }

        private void reset() {
            if (random.nextInt(4) > 0) {
                return;
            }
            Standing next = new Standing(++generation, random.nextLong(10_000));
            resetMayBe = Optional.of(next);
            log.reset(next);
            becomeReset();
        }

        private void read() {
            if (!generations.isEmpty()) {
                long from = log.startLsn() + random.nextInt((int) (end() - log.startLsn() + 1));
                Records.assertRead(log, from, Math.min(end(), from + 20));
            }
        }

        private void crash() {
            switch (Crash.values()[random.nextInt(Crash.values().length)]) {
                case PREFIX -> directory.crash(random);
                case SCATTERED -> directory.crashScattered(random);
                case KILL -> directory.kill();
                default -> throw new IllegalStateException();
            }
        }

        private void check() {
            if (resetMayBe.filter(log.below()::equals).isPresent()) {
                becomeReset();
            }
            assertThat(log.below().lsn()).isBetween(below.lsn(), Math.max(below.lsn(), startMayBe));
            moveStart(log.below().lsn());
            assertThat(log.last().lsn()).isBetween(forced, end());
            generations
                    .subList((int) (log.last().lsn() - below.lsn()), generations.size())
                    .clear();
            assertThat(log.last()).isEqualTo(standingAt(end()));
            assertThat(log.forcedLsn()).isEqualTo(end());
            checkRecords();
            forced = end();
            startMayBe = 0;
            resetMayBe = Optional.empty();
        }

        private void checkRecords() {
            long lsn = below.lsn() + 1;
            while (lsn <= end()) {
                for (LogRecord record : log.read(lsn, end(), 2000)) {
                    assertThat(record.standing()).isEqualTo(standingAt(lsn));
                    assertThat(record.payloadBytes()).isEqualTo(Records.payload(record.generation(), lsn));
                    lsn++;
                }
            }
        }

        private void becomeReset() {
            below = resetMayBe.orElseThrow();
            generations.clear();
            forced = below.lsn();
            startMayBe = 0;
            resetMayBe = Optional.empty();
        }

        private void moveStart(long belowLsn) {
            Standing next = standingAt(belowLsn);
            generations.subList(0, (int) (belowLsn - below.lsn())).clear();
            below = next;
        }

        private Standing standingAt(long lsn) {
            return lsn == below.lsn() ? below : new Standing(generations.get((int) (lsn - below.lsn() - 1)), lsn);
        }

        private long end() {
            return below.lsn() + generations.size();
        }
    }
}
