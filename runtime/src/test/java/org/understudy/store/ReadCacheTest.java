package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCacheTest {
    private static final int FAMILY = 3;

    @TempDir
    Path folder;

    private final ReadCache cache = new ReadCache(4 << 20);
    private long stamp;

    @Test
    void what_was_read_is_found_until_it_is_written() {
        offer("k", "v");
        assertThat(get("k")).isEqualTo("v");
        assertThat(get("other")).isNull();
        write(batch -> batch.put(FAMILY, bytes("k"), bytes("w")));
        assertThat(get("k")).isEqualTo("w");
        write(batch -> batch.delete(FAMILY, bytes("k")));
        assertThat(get("k")).isNull();
    }

    @Test
    void what_is_written_is_found() {
        write(batch -> {
            batch.put(FAMILY, bytes("k"), bytes("v"));
            batch.put(FAMILY, bytes("gone"), bytes("v"));
            batch.delete(FAMILY, bytes("gone"));
        });
        assertThat(get("k")).isEqualTo("v");
        assertThat(get("gone")).isNull();
    }

    @Test
    void while_a_key_is_written_it_is_neither_found_nor_brought_in() {
        offer("k", "v");
        long ticket = cache.ticket(hash("k"));
        RocksBatch batch = new RocksBatch();
        batch.put(FAMILY, bytes("k"), bytes("w"));
        batch.put(FAMILY, bytes("k"), bytes("x"));
        cache.beforeWrite(batch);
        assertThat(get("k")).isNull();
        cache.offer(FAMILY, bytes("k"), bytes("late"), hash("k"), ticket, stamp);
        cache.offer(FAMILY, bytes("k"), bytes("late"), hash("k"), cache.ticket(hash("k")), stamp);
        assertThat(get("k")).isNull();
        cache.afterWrite(batch, true, ++stamp);
        assertThat(get("k")).isEqualTo("x");
    }

    @Test
    void what_was_read_before_a_write_is_not_brought_in_after_it() {
        long ticket = cache.ticket(hash("k"));
        write(batch -> batch.delete(FAMILY, bytes("k")));
        cache.offer(FAMILY, bytes("k"), bytes("old"), hash("k"), ticket, stamp);
        assertThat(get("k")).isNull();
    }

    @Test
    void a_value_is_no_answer_about_the_time_before_it() {
        stamp = 4;
        offer("k", "v");
        write(batch -> batch.put(FAMILY, bytes("other"), bytes("v")));
        assertThat(cache.get(FAMILY, bytes("k"), hash("k"), 3)).isNull();
        assertThat(cache.get(FAMILY, bytes("k"), hash("k"), 4)).isEqualTo(bytes("v"));
        write(batch -> batch.put(FAMILY, bytes("k"), bytes("w")));
        assertThat(cache.get(FAMILY, bytes("k"), hash("k"), 5)).isNull();
        assertThat(cache.get(FAMILY, bytes("k"), hash("k"), 6)).isEqualTo(bytes("w"));
    }

    @Test
    void a_key_brought_in_twice_is_replaced_as_one() {
        offer("k", "v");
        offer("k", "v");
        write(batch -> batch.put(FAMILY, bytes("k"), bytes("longer than before")));
        assertThat(get("k")).isEqualTo("longer than before");
        write(batch -> batch.put(FAMILY, bytes("k"), bytes("short")));
        assertThat(get("k")).isEqualTo("short");
        write(batch -> batch.delete(FAMILY, bytes("k")));
        assertThat(get("k")).isNull();
    }

    @Test
    void a_write_that_failed_leaves_nothing() {
        offer("k", "v");
        RocksBatch batch = new RocksBatch();
        batch.put(FAMILY, bytes("k"), bytes("w"));
        cache.beforeWrite(batch);
        cache.afterWrite(batch, false, ++stamp);
        assertThat(get("k")).isNull();
    }

    @Test
    void the_oldest_go_when_it_is_full_and_none_is_wrong() {
        Random random = new Random(5);
        String padding = "x".repeat(300);
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            String key = "key" + random.nextInt(40_000);
            String got = get(key);
            if (got == null) {
                offer(key, key + padding);
            } else {
                found++;
                assertThat(got).isEqualTo(key + padding);
            }
        }
        assertThat(found).isGreaterThan(5_000);
        offer("large", "x".repeat(1 << 20));
        assertThat(get("large")).isNull();
        offer("empty", "");
        assertThat(get("empty")).isEmpty();
    }

    @Test
    void readers_never_see_a_value_older_than_one_that_was_acknowledged() throws Exception {
        int keys = 20;
        AtomicLongArray acknowledged = new AtomicLongArray(keys);
        try (Site site = new Site(folder, Site.OPTIONS.withWriteBufferBytes(256 << 10), new MemoryLog())) {
            for (int key = 0; key < keys; key++) {
                site.commit(BlindWrite.put("counters", bytes("c" + key), number(0)));
            }
            AtomicLong written = new AtomicLong();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 4; reader++) {
                Random random = new Random(reader);
                readers.add(threads.submit(() -> {
                    while (written.get() < 20_000) {
                        int key = random.nextInt(keys);
                        long atLeast = acknowledged.get(key);
                        byte[] value =
                                site.store.get("counters", bytes("c" + key)).orElseThrow();
                        assertThat(ByteBuffer.wrap(value).getLong()).isGreaterThanOrEqualTo(atLeast);
                    }
                }));
            }
            Random random = new Random(9);
            for (long i = 1; i <= 20_000; i++) {
                int key = random.nextInt(keys);
                int other = random.nextInt(keys);
                site.commit(BlindWrite.put("counters", bytes("c" + key), number(i))
                        .andPut("counters", bytes("c" + other), number(i)));
                acknowledged.set(key, i);
                acknowledged.set(other, i);
                written.set(i);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            threads.shutdown();
        }
    }

    @Test
    void transactions_see_all_of_a_commit_or_nothing_while_others_commit() throws Exception {
        int keys = 50;
        try (Site site = new Site(folder, Site.OPTIONS.withWriteBufferBytes(256 << 10), new MemoryLog())) {
            commitToAll(site, keys, 0);
            AtomicLong written = new AtomicLong();
            ExecutorService threads = Executors.newFixedThreadPool(3);
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                Random random = new Random(reader);
                readers.add(threads.submit(() -> {
                    while (written.get() < 3_000) {
                        long before = written.get();
                        try (StoreTransaction transaction = site.store.begin(true)) {
                            long first = counter(transaction, random.nextInt(keys));
                            assertThat(first).isGreaterThanOrEqualTo(before);
                            for (int i = 0; i < 5; i++) {
                                assertThat(counter(transaction, random.nextInt(keys)))
                                        .isEqualTo(first);
                            }
                            assertThat(transaction.standing().lsn()).isEqualTo(first + 2);
                        }
                    }
                }));
            }
            for (long i = 1; i <= 3_000; i++) {
                commitToAll(site, keys, i);
                written.set(i);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            threads.shutdown();
        }
    }

    private static void commitToAll(Site site, int keys, long number) {
        BlindWrite write = BlindWrite.put("counters", bytes("c0"), number(number));
        for (int key = 1; key < keys; key++) {
            write.andPut("counters", bytes("c" + key), number(number));
        }
        site.commit(write);
    }

    private static long counter(StoreTransaction transaction, int key) {
        return ByteBuffer.wrap(transaction.get("counters", bytes("c" + key)).orElseThrow())
                .getLong();
    }

    private interface Filling {
        void fill(RocksBatch batch);
    }

    private void write(Filling filling) {
        RocksBatch batch = new RocksBatch();
        filling.fill(batch);
        cache.beforeWrite(batch);
        cache.afterWrite(batch, true, ++stamp);
    }

    private void offer(String key, String value) {
        cache.offer(FAMILY, bytes(key), bytes(value), hash(key), cache.ticket(hash(key)), stamp);
    }

    private String get(String key) {
        byte[] value = cache.get(FAMILY, bytes(key), hash(key), Long.MAX_VALUE);
        return value == null ? null : Site.text(value);
    }

    private static long hash(String key) {
        return KeyHash.of(FAMILY, bytes(key));
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }
}
