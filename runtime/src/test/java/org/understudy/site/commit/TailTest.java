package org.understudy.site.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.EnvironmentConfig;
import org.understudy.NotMasterException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.log.GenerationStart;
import org.understudy.log.RecordKind;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogOptions;
import org.understudy.site.thread.Worker;
import org.understudy.store.BlindWrite;
import org.understudy.store.Store;
import org.understudy.store.StoreOptions;

/** One owner at a time writes for all, and nobody's commit is forgotten however masterships come and go. */
@Timeout(60)
class TailTest {
    private static final Place PLACE = new Place("test", Optional.of("a:1"));
    private static final UUID GROUP = new UUID(1, 2);
    private static final CommitTerms PATIENT = new CommitTerms(AckPolicy.NONE, false, Long.MAX_VALUE);

    @TempDir
    Path home;

    private final List<AppendedBatch> appended = Collections.synchronizedList(new ArrayList<>());
    private final List<Standing> forced = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Worker writer = new Worker("test-writer");
    private Log log;
    private Store store;
    private Tail tail;

    @BeforeEach
    void open() {
        store = Store.open(home, StoreOptions.of(EnvironmentConfig.builder(home).build()), () -> log.force());
        log = Log.open(new DiskDirectory(home.resolve("log")), LogOptions.of(PLACE, 1 << 20), Standing.ZERO);
        tail = new Tail(PLACE, log, store, writer, new Listener(), TailTest::notMaster);
    }

    @AfterEach
    void close() {
        tail.close(TailTest::notMaster);
        tail.settle();
        writer.close(Duration.ofSeconds(10));
        store.close();
        log.close();
    }

    private static RuntimeException notMaster() {
        return new NotMasterException(PLACE, Optional.of("b:1"));
    }

    private static RuntimeException late() {
        return new UnavailableException(PLACE, "late");
    }

    private void openTail(long generation, boolean groupForces) {
        byte[] start = new GenerationStart(1, GROUP, new UUID(3, generation)).encode();
        tail.open(
                new TailTerms(GROUP, generation, false, groupForces),
                Optional.of(start),
                Optional.empty(),
                tail.closings());
    }

    private CommitToken put(long key) {
        return tail.commit(PendingCommit.awaited(write(key), 8, PATIENT), TailTest::late);
    }

    private CompletableFuture<CommitToken> putStaged(long key) {
        return tail.commitStaged(PendingCommit.staged(write(key), 8, PATIENT)).toCompletableFuture();
    }

    private static BlindWrite write(long key) {
        return BlindWrite.put("d", bytes(key), bytes(key));
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Test
    void a_closed_tail_refuses() {
        assertThatExceptionOfType(NotMasterException.class).isThrownBy(() -> put(1));
        assertThat(appended).isEmpty();
    }

    @Test
    void the_first_record_of_a_mastership_goes_before_every_commit() {
        openTail(1, false);
        CommitToken token = put(1);
        assertThat(token.generation()).isEqualTo(1);
        assertThat(appended.get(0).records().controlRecords()).hasSize(1);
        assertThat(appended.get(0).records().firstLsn()).isEqualTo(1);
        assertThat(store.get("d", bytes(1))).contains(bytes(1));
    }

    @Test
    void an_order_to_open_is_void_once_the_tail_was_closed_again() {
        long asOf = tail.closings();
        tail.close(TailTest::notMaster);
        tail.open(new TailTerms(GROUP, 1, false, false), Optional.empty(), Optional.empty(), asOf);
        tail.append(RecordKind.GENERATION, new byte[0], asOf);
        assertThatExceptionOfType(NotMasterException.class).isThrownBy(() -> put(1));
        assertThat(log.last()).isEqualTo(Standing.ZERO);
    }

    @Test
    void commits_queue_while_the_tail_is_held_and_go_on_afterwards() {
        openTail(1, false);
        assertThat(tail.hold()).isTrue();
        CompletableFuture<CommitToken> held = putStaged(1);
        CompletableFuture<CommitToken> waiting = CompletableFuture.supplyAsync(() -> put(2));
        assertThat(held).isNotDone();
        tail.resume();
        assertThat(held.join().lsn()).isPositive();
        assertThat(waiting.join().lsn()).isPositive();
    }

    @Test
    void a_commit_that_is_held_for_too_long_fails_and_leaves_no_record() {
        openTail(1, false);
        tail.hold();
        long last = log.last().lsn();
        CommitTerms short0 = new CommitTerms(AckPolicy.NONE, false, 1);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> tail.commit(PendingCommit.awaited(write(1), 8, short0), TailTest::late));
        CompletableFuture<CommitToken> staged =
                tail.commitStaged(PendingCommit.staged(write(2), 8, short0)).toCompletableFuture();
        await().untilAsserted(() -> {
            tail.expire(System.nanoTime(), TailTest::late);
            assertThat(staged).isCompletedExceptionally();
        });
        tail.resume();
        put(3);
        assertThat(store.contains("d", bytes(1))).isFalse();
        assertThat(store.contains("d", bytes(2))).isFalse();
        assertThat(log.last().lsn()).isGreaterThan(last);
    }

    @Test
    void closing_refuses_what_was_held() {
        openTail(1, false);
        tail.hold();
        CompletableFuture<CommitToken> held = putStaged(1);
        tail.close(TailTest::notMaster);
        tail.settle();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(held::join)
                .withCauseInstanceOf(NotMasterException.class);
    }

    @Test
    void a_commit_is_forced_before_it_ends_where_that_is_asked_for() {
        openTail(1, false);
        CommitTerms durable = new CommitTerms(AckPolicy.NONE, true, Long.MAX_VALUE);
        CommitToken token = tail.commit(PendingCommit.awaited(write(1), 8, durable), TailTest::late);
        assertThat(log.forcedLsn()).isGreaterThanOrEqualTo(token.lsn());
        CommitToken staged = tail.commitStaged(PendingCommit.staged(write(2), 8, durable))
                .toCompletableFuture()
                .join();
        assertThat(log.forcedLsn()).isGreaterThanOrEqualTo(staged.lsn());
        assertThat(forced).isNotEmpty().isSorted();
    }

    @Test
    void what_the_protocol_writes_is_forced_whatever_the_group_asks_for_and_what_follows_counts_no_earlier() {
        openTail(1, false);
        put(1);
        await().until(() -> log.forcedLsn() >= 1);
        assertThat(appended).first().matches(batch -> !batch.stored());
        await().untilAsserted(() -> {
            put(2);
            assertThat(appended).last().matches(AppendedBatch::stored, "counts as stored without being forced");
        });
    }

    @Test
    void a_group_that_forces_has_every_record_forced_by_and_by() {
        openTail(1, true);
        long last = put(1).lsn();
        await().until(() -> log.forcedLsn() >= last);
        assertThat(appended).noneMatch(AppendedBatch::stored);
    }

    @Test
    void nothing_is_written_once_the_log_has_failed() {
        openTail(1, false);
        log.close();
        int handedOver = appended.size();
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> put(1));
        assertThat(appended).as("only what the log took is shipped").hasSize(handedOver);
        assertThat(failure.get()).isNotNull();
        openTail(2, false);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> put(2));
    }

    @Test
    void every_commit_ends_while_the_tail_opens_holds_and_closes_all_the_time() {
        int writers = 6;
        int each = 3_000;
        AtomicLong written = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            long first = (long) i * each;
            boolean staged = i % 2 == 0;
            running.add(CompletableFuture.runAsync(
                    () -> {
                        for (long key = first; key < first + each; key++) {
                            try {
                                CommitToken token = staged ? putStaged(key).join() : put(key);
                                assertThat(token.lsn()).isPositive();
                                written.incrementAndGet();
                            } catch (CompletionException | NotMasterException e) {
                                refused.incrementAndGet();
                            }
                        }
                    },
                    task -> new Thread(task).start()));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, problem) -> done.set(true));
        Random random = new Random(1);
        for (long generation = 1; !done.get(); generation++) {
            openTail(generation, random.nextBoolean());
            if (random.nextBoolean()) {
                tail.hold();
                tail.settle();
                assertThat(store.applied()).isEqualTo(log.last());
                tail.resume();
            }
            tail.close(TailTest::notMaster);
            tail.settle();
            assertThat(store.applied()).isEqualTo(log.last());
        }
        all.join();
        assertThat(written.get() + refused.get()).isEqualTo((long) writers * each);
        assertThat(failure.get()).isNull();
        long lsn = 0;
        for (AppendedBatch batch : appended) {
            assertThat(batch.records().firstLsn()).isEqualTo(lsn + 1);
            assertThat(batch.records().last().generation()).isEqualTo(batch.generation());
            lsn = batch.records().lastLsn();
        }
        assertThat(lsn).isEqualTo(log.last().lsn());
    }

    private final class Listener implements TailListener {
        @Override
        public void appended(AppendedBatch batch) {
            appended.add(batch);
        }

        @Override
        public void forced(Standing standing) {
            forced.add(standing);
        }

        @Override
        public void failed(RuntimeException reason) {
            failure.set(reason);
        }
    }
}
