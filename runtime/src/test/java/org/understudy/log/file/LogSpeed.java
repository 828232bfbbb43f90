package org.understudy.log.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** Measures the log on a disk; run by hand, with the directory to write to as argument. */
final class LogSpeed {
    private static final byte[] PAYLOAD = new byte[157 - 25];
    private static final int RECORDS = 2_000_000;
    private static final int FORCES = 10_000;

    private final Path home;

    private LogSpeed(Path home) {
        this.home = home;
    }

    public static void main(String[] arguments) throws IOException {
        LogSpeed speed = new LogSpeed(Path.of(arguments[0]));
        for (int round = 0; round < 3; round++) {
            for (int batch : new int[] {1, 8, 64}) {
                speed.append(batch, RECORDS / batch, false);
                speed.append(batch, FORCES, true);
            }
            speed.read();
        }
    }

    private void append(int batchSize, int batches, boolean forced) throws IOException {
        long[] nanos = new long[batches];
        try (Log log = open()) {
            RecordBatchBuilder builder = new RecordBatchBuilder();
            long start = System.nanoTime();
            long inLog = 0;
            for (int i = 0; i < batches; i++) {
                RecordBatch batch = batch(builder, log.last().lsn() + 1, batchSize);
                long before = System.nanoTime();
                log.append(batch);
                if (forced) {
                    log.force();
                }
                nanos[i] = System.nanoTime() - before;
                inLog += nanos[i];
            }
            long total = System.nanoTime() - start;
            Arrays.sort(nanos);
            print(
                    "batches of %2d, %-8s %,10.0f records/s  %6.2f us per batch in the log, p50 %.1f, p99 %.1f, p99.9 %.1f%n",
                    batchSize,
                    forced ? "forced" : "written",
                    1e9 * batches * batchSize / total,
                    inLog / 1e3 / batches,
                    nanos[batches / 2] / 1e3,
                    nanos[batches / 100 * 99] / 1e3,
                    nanos[batches / 1000 * 999] / 1e3);
        }
        clean();
    }

    private void read() throws IOException {
        try (Log log = open()) {
            RecordBatchBuilder builder = new RecordBatchBuilder();
            while (log.last().lsn() < 1_000_000) {
                log.append(batch(builder, log.last().lsn() + 1, 64));
            }
        }
        long opening = System.nanoTime();
        try (Log log = open()) {
            long start = System.nanoTime();
            long lsn = 1;
            while (lsn <= log.last().lsn()) {
                lsn = log.read(lsn, log.last().lsn(), 1 << 20).lastLsn() + 1;
            }
            print(
                    "opened in %.1f ms, %,d records read in %.1f ms%n",
                    (start - opening) / 1e6, lsn - 1, (System.nanoTime() - start) / 1e6);
        }
        clean();
    }

    private static RecordBatch batch(RecordBatchBuilder builder, long lsn, int size) {
        for (int i = 0; i < size; i++) {
            builder.add(1, lsn + i, RecordKind.TRANSACTION, PAYLOAD);
        }
        return builder.build();
    }

    private Log open() {
        LogOptions options = LogOptions.of(new Place("speed", Optional.empty()), 64 << 20);
        return Log.open(new DiskDirectory(home.resolve("log")), options, Standing.ZERO);
    }

    private void clean() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("log"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
