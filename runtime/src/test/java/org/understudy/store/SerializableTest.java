package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;
import static org.understudy.store.Site.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.understudy.ByteRange;
import org.understudy.ConflictException;
import org.understudy.Direction;

/** Transactions that protect their scans are as if they had run one after another (protocol.md §8). */
class SerializableTest {
    private static final String DATABASE = "letters";
    private static final int STEPS = 400;

    @TempDir
    Path folder;

    private Site master;

    @BeforeEach
    void open() {
        master = new Site(folder.resolve("master"));
        master.newGeneration();
        master.put(DATABASE, "a", "1");
        master.put(DATABASE, "b", "1");
    }

    @AfterEach
    void close() {
        master.close();
    }

    @Test
    void write_skew_over_scans_is_a_conflict() {
        StoreTransaction one = master.store.begin(false, true);
        StoreTransaction other = master.store.begin(false, true);
        assertThat(one.count(DATABASE)).isEqualTo(2);
        assertThat(other.count(DATABASE)).isEqualTo(2);
        one.delete(DATABASE, bytes("a"));
        other.delete(DATABASE, bytes("b"));

        assertThat(master.commit(one).failure(0)).isEmpty();
        assertThat(master.commit(other).failure(0).orElseThrow()).isInstanceOf(ConflictException.class);
    }

    @Test
    void write_skew_over_plain_scans_is_none() {
        StoreTransaction one = master.store.begin(false);
        StoreTransaction other = master.store.begin(false);
        one.count(DATABASE);
        other.count(DATABASE);
        one.delete(DATABASE, bytes("a"));
        other.delete(DATABASE, bytes("b"));

        assertThat(master.commit(List.of(one, other)).failure(1)).isEmpty();
    }

    @Test
    void a_phantom_in_a_scanned_range_is_a_conflict_and_one_beside_it_is_none() {
        ByteRange prefix = ByteRange.prefix(bytes("b"));
        StoreTransaction scanner = master.store.begin(false, true);
        StoreTransaction beside = master.store.begin(false, true);
        scan(scanner, prefix);
        scan(beside, ByteRange.prefix(bytes("x")));
        master.put(DATABASE, "bb", "a phantom");
        scanner.put(DATABASE, bytes("sum"), bytes("1"));
        beside.put(DATABASE, bytes("rest"), bytes("0"));

        assertThat(master.commit(scanner).failure(0).orElseThrow()).isInstanceOf(ConflictException.class);
        assertThat(master.commit(beside).failure(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void what_commits_has_read_what_the_commits_before_it_wrote(long seed) {
        Random random = new Random(seed);
        List<Running> running = new ArrayList<>();
        NavigableMap<String, String> serial = new TreeMap<>(Map.of("a", "1", "b", "1"));
        int committed = 0;
        int conflicts = 0;
        for (int step = 0; step < STEPS; step++) {
            if (running.size() < 4 && random.nextBoolean()) {
                running.add(new Running(master.store.begin(false, true)));
            } else if (!running.isEmpty()) {
                Running chosen = running.get(random.nextInt(running.size()));
                if (random.nextInt(4) > 0) {
                    chosen.act(random);
                } else {
                    running.remove(chosen);
                    boolean failed =
                            master.commit(chosen.transaction).failure(0).isPresent();
                    if (failed) {
                        conflicts++;
                    } else {
                        committed++;
                        assertThat(chosen.steps)
                                .as("reads, in the order of commits")
                                .allMatch(each -> each.test(serial));
                    }
                    chosen.transaction.close();
                }
            }
        }
        running.forEach(each -> each.transaction.close());
        assertThat(committed).as("commits").isGreaterThan(20);
        assertThat(conflicts).as("conflicts").isGreaterThan(5);
    }

    private static List<String> scan(StoreTransaction transaction, ByteRange range) {
        List<String> found = new ArrayList<>();
        try (StoreCursor cursor = transaction.cursor(DATABASE, range, Direction.FORWARDS)) {
            while (cursor.next()) {
                found.add(text(cursor.key()) + "=" + text(cursor.value()));
            }
        }
        return found;
    }

    private static List<String> entries(NavigableMap<String, String> map, String prefix) {
        return map.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Object::toString)
                .toList();
    }

    /** A transaction, and what it did as it would be done again to a map: false where the map would have answered otherwise. */
    private static final class Running {
        private final StoreTransaction transaction;
        private final List<Predicate<NavigableMap<String, String>>> steps = new ArrayList<>();

        Running(StoreTransaction transaction) {
            this.transaction = transaction;
        }

        void act(Random random) {
            String key = String.valueOf((char) ('a' + random.nextInt(3))) + (char) ('a' + random.nextInt(4));
            switch (random.nextInt(5)) {
                case 0 -> {
                    Optional<String> value =
                            transaction.get(DATABASE, bytes(key)).map(Site::text);
                    steps.add(map -> Optional.ofNullable(map.get(key)).equals(value));
                }
                case 1 -> {
                    long count = transaction.count(DATABASE);
                    steps.add(map -> map.size() == count);
                }
                case 2 -> {
                    String prefix = key.substring(0, 1);
                    List<String> found = scan(transaction, ByteRange.prefix(bytes(prefix)));
                    steps.add(map -> entries(map, prefix).equals(found));
                }
                case 3 -> {
                    String value = String.valueOf(random.nextInt(1000));
                    transaction.put(DATABASE, bytes(key), bytes(value));
                    steps.add(map -> {
                        map.put(key, value);
                        return true;
                    });
                }
                default -> {
                    transaction.delete(DATABASE, bytes(key));
                    steps.add(map -> {
                        map.remove(key);
                        return true;
                    });
                }
            }
        }
    }
}
