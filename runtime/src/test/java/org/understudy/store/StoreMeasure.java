package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.understudy.Place;
import org.understudy.log.GenerationStart;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/**
 * Measures the store by itself, with a plain file for a log: commits on a master, records applied on a client, random reads.
 * Not a test: run its {@code main} with a folder, the number of keys and the seconds for each line.
 */
final class StoreMeasure {
    private static final String DATABASE = "bench";
    private static final int VALUE_BYTES = 100;

    private final int keys;
    private final Duration duration;
    private final SplittableRandom random = new SplittableRandom(42);

    private StoreMeasure(int keys, Duration duration) {
        this.keys = keys;
        this.duration = duration;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        StoreMeasure measure = new StoreMeasure(
                Integer.parseInt(arguments[1]), Duration.ofMillis((long) (1000 * Double.parseDouble(arguments[2]))));
        long cacheBytes = arguments.length > 3 ? Long.parseLong(arguments[3]) << 20 : 64 << 20;
        try {
            measure.run(folder, cacheBytes);
        } finally {
            delete(folder);
        }
    }

    private void run(Path folder, long cacheBytes) throws Exception {
        StoreOptions options = new StoreOptions(
                new Place("measure", Optional.empty()),
                cacheBytes,
                32 << 20,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                1 << 20);
        Files.createDirectories(folder);
        try (FileChannel log =
                        FileChannel.open(folder.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                Store master = Store.open(folder.resolve("master"), options, () -> force(log));
                Store client = Store.open(folder.resolve("client"), options, () -> {})) {
            GenerationStart start = new GenerationStart(1, new UUID(1, 1), new UUID(2, 2));
            RecordBatch first = new RecordBatchBuilder()
                    .add(1, 1, RecordKind.GENERATION, start.encode())
                    .build();
            master.apply(first);
            client.apply(first);
            fill(master, client, log);
            reads("reads, after filling", client, 1);
            for (int batch : new int[] {1, 8, 64}) {
                commits(master, client, log, batch);
            }
            reads("reads", client, 1);
            reads("reads", client, 2);
            client.flush();
            reads("reads, flushed", client, 1);
            reads("reads, flushed", client, 2);
            reads("reads, flushed", client, 1);
            transactions(master, log);
        }
    }

    private void fill(Store master, Store client, FileChannel log) throws IOException {
        long began = System.nanoTime();
        for (int next = 0; next < keys; ) {
            List<Commit> commits = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                BlindWrite write = BlindWrite.put(DATABASE, key(next++ % keys), value());
                for (int j = 1; j < 16; j++) {
                    write.andPut(DATABASE, key(next++ % keys), value());
                }
                commits.add(write);
            }
            client.apply(commit(master, commits, log));
        }
        report("filling, 16 puts each", keys, System.nanoTime() - began, 0);
    }

    private void commits(Store master, Store client, FileChannel log, int batch) throws IOException {
        List<RecordBatch> records = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            long cpu = cpuNanos();
            long began = System.nanoTime();
            long done = 0;
            while (System.nanoTime() - began < duration.toNanos()) {
                List<Commit> commits = new ArrayList<>(batch);
                for (int i = 0; i < batch; i++) {
                    commits.add(BlindWrite.put(DATABASE, key(random.nextInt(keys)), value()));
                }
                records.add(commit(master, commits, log));
                done += batch;
            }
            report("commits, batches of " + batch, done, System.nanoTime() - began, cpuNanos() - cpu);
        }
        long cpu = cpuNanos();
        long began = System.nanoTime();
        records.forEach(client::apply);
        report(
                "applied, batches of " + batch,
                (long) records.size() * batch,
                System.nanoTime() - began,
                cpuNanos() - cpu);
    }

    private void transactions(Store master, FileChannel log) throws IOException {
        long cpu = cpuNanos();
        long began = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - began < duration.toNanos()) {
            try (StoreTransaction transaction = master.begin(false)) {
                byte[] key = key(random.nextInt(keys));
                transaction.get(DATABASE, key);
                transaction.put(DATABASE, key, value());
                commit(master, List.of(transaction), log);
            }
            done++;
        }
        report("read-write transactions", done, System.nanoTime() - began, cpuNanos() - cpu);
        began = System.nanoTime();
        done = 0;
        while (System.nanoTime() - began < duration.toNanos()) {
            try (StoreTransaction transaction = master.begin(true)) {
                transaction.get(DATABASE, key(random.nextInt(keys)));
            }
            done++;
        }
        report("read-only transactions", done, System.nanoTime() - began, 0);
    }

    private RecordBatch commit(Store master, List<? extends Commit> commits, FileChannel log) throws IOException {
        PreparedCommits prepared =
                master.commits().prepare(commits, 1, master.applied().lsn() + 1);
        RecordBatch records = prepared.records().orElseThrow();
        log.write(records.buffer());
        master.commits().write(prepared);
        return records;
    }

    private void reads(String what, Store store, int threads) throws InterruptedException {
        for (int pass = 0; pass < 2; pass++) {
            long[] done = new long[threads * 16];
            List<Thread> readers = new ArrayList<>();
            long cpu = cpuNanos();
            long began = System.nanoTime();
            for (int thread = 0; thread < threads; thread++) {
                int index = thread * 16;
                readers.add(new Thread(() -> done[index] = readUntil(store, began + duration.toNanos(), index)));
            }
            readers.forEach(Thread::start);
            for (Thread reader : readers) {
                reader.join();
            }
            long total = 0;
            for (long each : done) {
                total += each;
            }
            report(what + ", " + threads + " threads", total, System.nanoTime() - began, cpuNanos() - cpu);
        }
    }

    private long readUntil(Store store, long end, int seed) {
        SplittableRandom mine = new SplittableRandom(seed);
        long done = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 100; i++) {
                if (store.get(DATABASE, key(mine.nextInt(keys))).isEmpty()) {
                    throw new IllegalStateException("a key is missing");
                }
            }
            done += 100;
        }
        return done;
    }

    private static byte[] key(int number) {
        long scattered = number * 0x9E3779B97F4A7C15L;
        return ByteBuffer.allocate(16).putLong(scattered).putLong(number).array();
    }

    private byte[] value() {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        while (value.remaining() >= Long.BYTES) {
            value.putLong(random.nextLong());
        }
        return value.array();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void report(String what, long count, long nanos, long cpuNanos) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-36s %,12.0f /s   %6.2f us processor each",
                what,
                count * 1e9 / nanos,
                cpuNanos / 1e3 / count));
    }

    private static void force(FileChannel log) {
        try {
            log.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
