package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;
import static org.understudy.store.Site.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.understudy.ByteRange;
import org.understudy.Direction;
import org.understudy.log.RecordBatch;

/** Random commits, scans, rollbacks, crashes and reopenings on a master and a client, beside maps that must say the same. */
class StoreModelTest {
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final int STEPS = 120;

    @TempDir
    Path folder;

    private Random random;
    private Site master;
    private Site client;
    private int copies;
    private final List<Reader> readers = new ArrayList<>();

    /** What the databases hold after each LSN. */
    private final TreeMap<Long, Map<String, NavigableMap<String, String>>> states = new TreeMap<>();

    /** A transaction under way, and what it must see. */
    private record Reader(
            StoreTransaction transaction,
            Map<String, NavigableMap<String, String>> sees,
            Map<String, Optional<String>> has) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_store_says_what_the_maps_say(long seed) {
        random = new Random(seed);
        master = new Site(folder.resolve("master"));
        client = new Site(folder.resolve("client"));
        master.newGeneration();
        states.put(1L, new TreeMap<>());
        for (int step = 0; step < STEPS; step++) {
            step();
            check(master);
        }
        readers.forEach(reader -> reader.transaction.close());
        follow();
        check(client);
        master.close();
        client.close();
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 55) {
            commit();
        } else if (choice < 65) {
            beginReader();
        } else if (choice < 78) {
            follow();
        } else if (choice < 83) {
            goBack();
        } else if (choice < 87) {
            becomePermanent();
        } else if (choice < 90) {
            master.store.flush();
        } else if (choice < 93) {
            client.reopen();
        } else if (choice < 95) {
            endReaders();
            master.reopen();
        } else if (choice < 98) {
            client.store.close();
            client = copyOf(client);
        } else {
            initialise();
        }
    }

    private void commit() {
        List<Commit> commits = new ArrayList<>();
        List<Runnable> inTheMaps = new ArrayList<>();
        Map<String, NavigableMap<String, String>> state = copy(now());
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            addCommit(commits, inTheMaps, state);
        }
        Reader reader = random.nextInt(3) == 0 && !readers.isEmpty() ? readers.remove(0) : null;
        if (reader != null) {
            commits.add(0, reader.transaction);
            inTheMaps.add(0, () -> write(state, "one", "k1", Optional.of("by a transaction")));
            reader.transaction.put("one", bytes("k1"), bytes("by a transaction"));
        }
        Map<String, NavigableMap<String, String>> before = now();
        PreparedCommits prepared = master.commit(commits);
        for (int i = 0; i < commits.size(); i++) {
            if (prepared.failure(i).isEmpty()) {
                inTheMaps.get(i).run();
                if (prepared.lsn(i) > 0) {
                    states.put(prepared.lsn(i), copy(state));
                }
            } else {
                assertThat(commits.get(i)).as("what may conflict").isInstanceOf(StoreTransaction.class);
                assertThat(reader.sees).isNotEqualTo(before);
            }
        }
        if (reader != null && prepared.failure(0).isEmpty()) {
            reader.has.forEach((key, value) -> assertThat(value)
                    .as("%s, read by what was committed", key)
                    .isEqualTo(Optional.ofNullable(
                            before.getOrDefault("two", new TreeMap<>()).get(key))));
        }
        if (reader != null) {
            reader.transaction.close();
        }
    }

    private void addCommit(
            List<Commit> commits, List<Runnable> inTheMaps, Map<String, NavigableMap<String, String>> state) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int choice = random.nextInt(20);
        if (choice == 0) {
            commits.add(DatabaseCommand.remove(name));
            inTheMaps.add(() -> state.remove(name));
        } else if (choice == 1) {
            commits.add(BlindWrite.truncate(name));
            inTheMaps.add(() -> state.computeIfPresent(name, (same, keys) -> new TreeMap<>()));
        } else {
            Map<String, Optional<String>> writes = new LinkedHashMap<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                writes.put(key(), random.nextInt(3) == 0 ? Optional.empty() : Optional.of("v" + random.nextInt(1000)));
            }
            BlindWrite write = BlindWrite.delete(name, bytes("never there"));
            writes.forEach((key, value) -> value.ifPresentOrElse(
                    put -> write.andPut(name, bytes(key), bytes(put)), () -> write.andDelete(name, bytes(key))));
            commits.add(write);
            inTheMaps.add(() -> {
                write(state, name, "never there", Optional.empty());
                writes.forEach((key, value) -> write(state, name, key, value));
            });
        }
    }

    private static void write(
            Map<String, NavigableMap<String, String>> state, String name, String key, Optional<String> value) {
        NavigableMap<String, String> keys = state.computeIfAbsent(name, fresh -> new TreeMap<>());
        value.ifPresentOrElse(put -> keys.put(key, put), () -> keys.remove(key));
    }

    private void beginReader() {
        StoreTransaction transaction = master.store.begin(false);
        Map<String, Optional<String>> has = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            String key = key();
            has.put(key, transaction.get("two", bytes(key)).map(Site::text));
        }
        readers.add(new Reader(transaction, now(), has));
    }

    private void endReaders() {
        readers.forEach(reader -> reader.transaction.close());
        readers.clear();
    }

    /** The client takes what the master has more, in batches of any size. */
    private void follow() {
        while (client.store.applied().lsn() < master.log.lastLsn()) {
            long first = client.store.applied().lsn() + 1;
            long last = Math.min(master.log.lastLsn(), first + random.nextInt(20));
            RecordBatch records = master.log.read(first, last, Integer.MAX_VALUE);
            client.applyOwn(records);
        }
    }

    private void goBack() {
        long permanent = master.store.permanentLsn();
        List<Long> points =
                new ArrayList<>(states.tailMap(Math.max(1, permanent)).keySet());
        long match = points.get(points.size() - 1 - random.nextInt(Math.min(points.size(), 6)));
        master.rollback(match);
        if (client.store.applied().lsn() > match) {
            client.rollback(match);
        }
        states.tailMap(match, false).clear();
        master.newGeneration();
        states.put(master.log.lastLsn(), states.get(match));
        endReaders();
    }

    private void becomePermanent() {
        long permanent = Math.min(client.store.applied().lsn(), master.log.lastLsn());
        Long lsn = states.floorKey(permanent);
        if (lsn != null && lsn > master.store.permanentLsn()) {
            for (Site site : List.of(master, client)) {
                site.store.savePermanent(lsn);
                site.store.onPermanent(lsn);
            }
        }
    }

    private Site copyOf(Site site) {
        return site.crashed(folder.resolve("copy" + copies++));
    }

    /** The client gets the master's data as a checkpoint. */
    private void initialise() {
        follow();
        Path checkpoint = folder.resolve("checkpoint" + copies++);
        master.store.checkpoint(checkpoint);
        client.store.replaceWith(checkpoint);
        client.store.resetDone();
        check(client);
    }

    private void check(Site site) {
        Map<String, NavigableMap<String, String>> expected = now();
        assertThat(site.store.databaseNames()).isEqualTo(expected.keySet());
        for (String name : NAMES) {
            try (StoreTransaction transaction = site.store.begin(true)) {
                NavigableMap<String, String> keys = expected.getOrDefault(name, new TreeMap<>());
                assertThat(scan(transaction, name, ByteRange.ALL, Direction.FORWARDS))
                        .isEqualTo(keys);
            }
        }
        if (site == master) {
            readers.forEach(this::checkReader);
        }
    }

    private void checkReader(Reader reader) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        NavigableMap<String, String> keys = reader.sees.getOrDefault(name, new TreeMap<>());
        String from = key();
        String to = key();
        boolean empty = from.compareTo(to) >= 0;
        SortedMap<String, String> part = empty ? new TreeMap<>() : keys.subMap(from, to);
        ByteRange range = new ByteRange(Optional.of(bytes(from)), Optional.of(bytes(to)));
        assertThat(scan(reader.transaction, name, range, Direction.FORWARDS)).isEqualTo(part);
        assertThat(scan(reader.transaction, name, range, Direction.BACKWARDS)).isEqualTo(part);
    }

    private static SortedMap<String, String> scan(
            StoreTransaction transaction, String name, ByteRange range, Direction direction) {
        SortedMap<String, String> found = new TreeMap<>();
        try (StoreCursor cursor = transaction.cursor(name, range, direction)) {
            String before = null;
            while (cursor.next()) {
                String key = text(cursor.key());
                if (before != null) {
                    assertThat(Integer.signum(key.compareTo(before)))
                            .isEqualTo(direction == Direction.FORWARDS ? 1 : -1);
                }
                before = key;
                found.put(key, text(cursor.value()));
            }
        }
        return found;
    }

    private Map<String, NavigableMap<String, String>> now() {
        return states.lastEntry().getValue();
    }

    private String key() {
        return "k" + random.nextInt(12);
    }

    private static Map<String, NavigableMap<String, String>> copy(Map<String, NavigableMap<String, String>> state) {
        Map<String, NavigableMap<String, String>> copy = new TreeMap<>();
        state.forEach((name, keys) -> copy.put(name, new TreeMap<>(keys)));
        return copy;
    }
}
