package org.understudy.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.GenerationStart;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** The process that {@link StoreKillIT} kills: checks what the last one left, then writes until it is killed. */
final class StoreKillChild {
    private static final StoreOptions OPTIONS = new StoreOptions(
            new Place("kill", Optional.empty()),
            4 << 20,
            64 << 10,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            1 << 20);

    private final Random random;
    private final Path home;
    private LogOnForce log;
    private Store store;
    private long generation;
    private long rollbackFloor;

    private StoreKillChild(Path home, long seed) {
        this.home = home;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        boolean writes = arguments[1].equals("write");
        for (int i = 2; i < arguments.length; i++) {
            StoreKillChild child = new StoreKillChild(Path.of(arguments[i]), seed * 31 + i);
            new Thread(() -> child.run(writes)).start();
        }
    }

    private void run(boolean writes) {
        try {
            open();
            check();
            System.out.println("checked " + store.applied());
            while (writes) {
                step();
            }
            store.close();
        } catch (Throwable failed) {
            failed.printStackTrace(System.out);
            System.out.println("failed");
            Runtime.getRuntime().halt(1);
        }
    }

    private void open() throws IOException {
        Files.createDirectories(home);
        log = LogOnForce.open(home.resolve("log"));
        store = Store.open(home, OPTIONS, log::force);
        if (store.pendingCut().isPresent()) {
            Standing kept = store.pendingCut().get();
            require(log.at(kept.lsn()).equals(kept), "the log does not hold " + kept + " to cut behind");
            log.cut(kept.lsn());
            store.cutDone();
        }
    }

    private void check() {
        Standing applied = store.applied();
        require(applied.lsn() <= log.lastLsn(), "data up to " + applied + ", log up to " + log.lastLsn());
        require(log.at(applied.lsn()).equals(applied), "applied " + applied + ", log has " + log.at(applied.lsn()));
        LogFold fold = new LogFold();
        replay(fold, 1, applied.lsn(), false);
        require(fold.databases().equals(LogFold.of(store)), "the data is not the log up to " + applied);
        replay(fold, applied.lsn() + 1, log.lastLsn(), true);
        require(store.applied().equals(log.at(log.lastLsn())), "the replay ended at " + store.applied());
        require(fold.databases().equals(LogFold.of(store)), "the data is not the log up to " + store.applied());
        store.verify();
        generation = store.applied().generation() + 1;
        rollbackFloor = log.lastLsn();
    }

    private void replay(LogFold fold, long from, long to, boolean apply) {
        for (long next = from; next <= to; ) {
            RecordBatch records = log.read(next, Math.min(to, next + random.nextInt(50)), Integer.MAX_VALUE);
            fold.take(records);
            if (apply) {
                store.apply(records);
            }
            next = records.lastLsn() + 1;
        }
    }

    private void step() throws IOException {
        int choice = random.nextInt(300);
        if (choice == 0) {
            store.flush();
        } else if (choice == 1) {
            rollback();
        } else if (choice == 2) {
            rollbackFloor = log.lastLsn();
            store.savePermanent(rollbackFloor);
            store.onPermanent(rollbackFloor);
        } else if (choice < 20) {
            log.force();
        } else {
            commit();
        }
    }

    private void commit() {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            String name = "database" + random.nextInt(3);
            int choice = random.nextInt(400);
            if (choice == 0) {
                commits.add(DatabaseCommand.remove(name));
            } else if (choice == 1) {
                commits.add(BlindWrite.truncate(name));
            } else {
                commits.add(BlindWrite.put(
                                name, key(), bytes("value " + random.nextLong() + " ".repeat(random.nextInt(200))))
                        .andDelete("database0", key()));
            }
        }
        PreparedCommits prepared = store.commits().prepare(commits, generation, log.lastLsn() + 1);
        prepared.records().ifPresent(log::append);
        store.commits().write(prepared);
    }

    private void rollback() throws IOException {
        long match = Math.max(rollbackFloor, log.lastLsn() - random.nextInt(200));
        store.rollback(log, log.at(match), log.lastLsn());
        log.cut(match);
        store.cutDone();
        generation++;
        GenerationStart start = new GenerationStart(1, new UUID(0, generation), new UUID(generation, 0));
        RecordBatch first = new RecordBatchBuilder()
                .add(generation, log.lastLsn() + 1, RecordKind.GENERATION, start.encode())
                .build();
        log.append(first);
        store.apply(first);
    }

    private byte[] key() {
        return bytes("key " + random.nextInt(500));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
