package org.understudy.site.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.EnvironmentConfig;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.WriteFailedException;
import org.understudy.log.GenerationStart;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogOptions;
import org.understudy.log.file.SimulatedDirectory;
import org.understudy.site.thread.Worker;
import org.understudy.store.BlindWrite;
import org.understudy.store.Store;
import org.understudy.store.StoreOptions;

/** A commit that may have left a record when the disk failed is told so; one that came later is told that it has none. */
@Timeout(60)
class TailFailureTest {
    private static final Place PLACE = new Place("test", Optional.of("a:1"));
    private static final UUID GROUP = new UUID(1, 2);
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final byte[] VALUE = new byte[SEGMENT_BYTES / 4];

    @TempDir
    Path home;

    private final SimulatedDirectory disk = new SimulatedDirectory();
    private final List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
    private final Worker writer = new Worker("test-writer");
    private Log log;
    private Store store;
    private Tail tail;

    @BeforeEach
    void open() {
        store = Store.open(home, StoreOptions.of(EnvironmentConfig.builder(home).build()), () -> {});
        log = Log.open(disk, LogOptions.of(PLACE, SEGMENT_BYTES), Standing.ZERO);
        tail = new Tail(PLACE, log, store, writer, new Listener(), TailFailureTest::late);
        tail.open(
                new TailTerms(GROUP, 1, false, false),
                Optional.of(new GenerationStart(1, GROUP, new UUID(3, 1)).encode()),
                Optional.empty(),
                tail.closings());
        put("before");
    }

    @AfterEach
    void close() {
        tail.close(TailFailureTest::late);
        tail.settle();
        writer.close(Duration.ofSeconds(10));
        store.close();
        log.close();
    }

    private static RuntimeException late() {
        return new UnavailableException(PLACE, "late");
    }

    private CommitToken put(String key) {
        CommitTerms forced = new CommitTerms(AckPolicy.NONE, true, Long.MAX_VALUE);
        BlindWrite write = BlindWrite.put("d", key.getBytes(StandardCharsets.UTF_8), VALUE.clone());
        return tail.commit(PendingCommit.awaited(write, 8, forced), TailFailureTest::late);
    }

    @Test
    void one_whose_record_could_not_be_forced_has_an_unknown_outcome_and_the_next_leaves_none() {
        disk.failForceAfter(0);
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> put("forced in vain"))
                .withMessageContaining("could not be forced")
                .satisfies(e -> assertThat(e.token().lsn()).isEqualTo(log.last().lsn()));
        assertThat(failures).isNotEmpty();
        tail.fail(failures.get(0));
        long last = log.last().lsn();
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> put("later"));
        assertThat(log.last().lsn()).isEqualTo(last);
    }

    @Test
    void one_whose_record_could_not_be_written_has_an_unknown_outcome_and_the_next_leaves_none() {
        disk.leaveRoom(0);
        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> {
                    while (true) {
                        put("more than the log has room for");
                    }
                })
                .withMessageContaining("could not be written")
                .satisfies(e -> assertThat(e.token().isNone()).isFalse());
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> put("later"));
    }

    private final class Listener implements TailListener {
        @Override
        public void appended(AppendedBatch batch) {}

        @Override
        public void forced(Standing standing) {}

        @Override
        public void failed(RuntimeException reason) {
            failures.add(reason);
        }
    }
}
