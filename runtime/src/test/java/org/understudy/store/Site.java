package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.understudy.Durability;
import org.understudy.Place;
import org.understudy.log.GenerationStart;
import org.understudy.log.GroupTerms;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** A store with a log in memory, driven as a site would drive it. */
final class Site implements AutoCloseable {
    static final StoreOptions OPTIONS = new StoreOptions(
            new Place("test", Optional.of("node1:7000")),
            8 << 20,
            4 << 20,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            1 << 20);

    final AtomicLong nanos = new AtomicLong();
    final Path home;
    final StoreOptions options;
    final MemoryLog log;
    private final Function<StoreCore, HeldKeys> restoresHeld;
    Store store;
    long generation = 1;

    Site(Path home, StoreOptions options, MemoryLog log) {
        this(home, options, log, HeldKeys::restored);
    }

    /** One that finds in its own way, perhaps a wrong one, what it holds as a new master. */
    Site(Path home, StoreOptions options, MemoryLog log, Function<StoreCore, HeldKeys> restoresHeld) {
        this.restoresHeld = restoresHeld;
        this.home = home;
        this.options = options;
        this.log = log;
        open();
    }

    Site(Path home) {
        this(home, OPTIONS, new MemoryLog());
    }

    /** Opens the store as a site does: finishes a rollback, then applies what the log has more. */
    void open() {
        store = Store.open(home, options, log::force, nanos::get, restoresHeld);
        store.pendingCut().ifPresent(standing -> {
            log.cut(standing.lsn());
            store.cutDone();
        });
        if (log.lastLsn() > store.applied().lsn()) {
            store.apply(log.read(store.applied().lsn() + 1, log.lastLsn(), Integer.MAX_VALUE));
        }
        generation = Math.max(1, log.last().generation());
    }

    void reopen() {
        store.close();
        open();
    }

    /** What a kill at this moment leaves, opened again: the files as they are, the log as it is. */
    Site crashed(Path elsewhere) {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("LOCK")) {
                    Files.copy(file, elsewhere.resolve(home.relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Site(elsewhere, options, log);
    }

    /** Writes the first record of a new mastership. */
    void newGeneration() {
        generation++;
        GenerationStart start = new GenerationStart(1, UUID.randomUUID(), UUID.randomUUID());
        applyOwn(new RecordBatchBuilder()
                .add(generation, log.lastLsn() + 1, RecordKind.GENERATION, start.encode())
                .build());
    }

    /** From here on the group takes no record of more bytes than that. */
    void limitRecords(int bytes) {
        MemberTable table =
                new MemberTable(new UUID(1, 1), 1, GroupTerms.of(Durability.SYNC, bytes), List.of(), List.of());
        applyOwn(new RecordBatchBuilder()
                .add(
                        generation,
                        log.lastLsn() + 1,
                        RecordKind.MEMBERSHIP,
                        new MembershipChange(MemberTable.NONE, table).encode())
                .build());
    }

    void applyOwn(RecordBatch records) {
        log.append(records);
        store.apply(records);
    }

    PreparedCommits commit(Commit... commits) {
        return commit(List.of(commits));
    }

    PreparedCommits commit(List<? extends Commit> commits) {
        PreparedCommits prepared = store.commits().prepare(commits, generation, log.lastLsn() + 1);
        prepared.records().ifPresent(log::append);
        store.commits().write(prepared);
        return prepared;
    }

    void put(String database, String key, String value) {
        commit(BlindWrite.put(database, bytes(key), bytes(value)));
    }

    Optional<String> get(String database, String key) {
        return store.get(database, bytes(key)).map(Site::text);
    }

    Undone rollback(long matchLsn) {
        Undone undone = store.rollback(log, log.at(matchLsn), log.lastLsn());
        log.cut(matchLsn);
        store.cutDone();
        return undone;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        store.close();
    }
}
