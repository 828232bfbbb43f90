package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Place;
import org.understudy.Standing;

/**
 * A child JVM writes to several logs at once and tells what it has done; it is killed at random moments, again and again.
 * Whatever it told is in its logs afterwards, and what is in them is what it wrote.
 */
class LogKillIT {
    private static final int KILLS = 60;
    private static final int LOGS = 8;
    private static final char END = ';';

    @TempDir
    private Path home;

    private final long[] told = new long[LOGS];

    @Test
    void a_killed_process_loses_nothing_it_told() throws Exception {
        SplittableRandom random = new SplittableRandom();
        long records = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = ChildJvm.start(Child.class, home.toString(), Long.toString(random.nextLong()));
            try {
                listen(child.getInputStream(), 1 + random.nextInt(400), child);
            } finally {
                child.destroyForcibly().waitFor();
            }
            for (int log = 0; log < LOGS; log++) {
                records += check(log);
            }
        }
        assertThat(records).isGreaterThan(KILLS * LOGS);
    }

    /** Kills the child after so many messages, and reads what it still said. */
    private void listen(InputStream said, int messages, Process child) throws IOException {
        StringBuilder message = new StringBuilder();
        int heard = 0;
        for (int next = said.read(); next >= 0; next = said.read()) {
            if (next != END) {
                message.append((char) next);
                continue;
            }
            int space = message.indexOf(" ");
            told[Integer.parseInt(message.substring(0, space))] = Long.parseLong(message.substring(space + 1));
            message.setLength(0);
            heard++;
            if (heard == messages) {
                // By its handle, which leaves the stream open for what was said before.
                child.toHandle().destroyForcibly();
            }
        }
        assertThat(heard).isGreaterThanOrEqualTo(messages);
    }

    private long check(int number) {
        try (Log log = open(home, number)) {
            assertThat(log.last().lsn()).isGreaterThanOrEqualTo(told[number]);
            Records.assertRead(log, log.startLsn(), log.last().lsn());
            long found = log.last().lsn() - Math.max(told[number], log.startLsn() - 1);
            told[number] = log.last().lsn();
            return found + 1;
        }
    }

    private static Log open(Path home, int number) {
        LogOptions options = new LogOptions(new Place("log-" + number, Optional.empty()), 32 << 10, 8 << 10, 0);
        return Log.open(new DiskDirectory(home.resolve("log-" + number)), options, Standing.ZERO);
    }

    /** Writes to each log in a thread of its own until it is killed. */
    static final class Child {
        private final int number;
        private final SplittableRandom random;
        private final Log log;

        private Child(Path home, int number, SplittableRandom random) {
            this.number = number;
            this.random = random;
            this.log = open(home, number);
        }

        public static void main(String[] arguments) {
            SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
            for (int number = 0; number < LOGS; number++) {
                Child child = new Child(Path.of(arguments[0]), number, random.split());
                new Thread(child::write).start();
            }
        }

        private void write() {
            long generation = log.last().generation() + 1;
            while (true) {
                int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 5);
                log.append(Records.batch(generation, log.last().lsn() + 1, count));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> tell(log.force());
                    case 3 -> tell(log.last().lsn());
                    default -> {}
                }
                if (random.nextInt(100) == 0) {
                    log.trim(log.last().lsn() - 500);
                }
            }
        }

        private void tell(long lsn) {
            byte[] message = (number + " " + lsn + END).getBytes(StandardCharsets.US_ASCII);
            synchronized (Child.class) {
                System.out.write(message, 0, message.length);
                System.out.flush();
            }
        }
    }
}
