package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.SnapshotLostException;

/** Making checkpoints, and putting one in the place of a site's data (protocol.md §5). */
class CheckpointTest {
    @TempDir
    Path folder;

    private Site master;
    private Path checkpoint;

    @BeforeEach
    void open() {
        master = new Site(folder.resolve("master"));
        master.newGeneration();
        master.put("names", "a", "1");
        master.put("names", "b", "2");
        master.store.savePermanent(3);
        checkpoint = folder.resolve("checkpoint");
    }

    @AfterEach
    void close() {
        master.close();
    }

    @Test
    void a_checkpoint_tells_what_it_holds() {
        CheckpointInfo info = master.store.checkpoint(checkpoint);
        assertThat(info.applied()).isEqualTo(master.store.applied());
        assertThat(info.history()).isEqualTo(master.store.history());
        assertThat(info.permanentLsn()).isEqualTo(3);
        master.put("names", "c", "3");
        assertThat(master.store.inspect(checkpoint)).isEqualTo(info);
    }

    @Test
    void commits_go_on_while_checkpoints_are_made() throws IOException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                master.put("names", "n" + i % 100, "" + i);
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 5; i++) {
                Path target = folder.resolve("checkpoint" + i);
                CheckpointInfo info = master.store.checkpoint(target);
                assertThat(master.store.inspect(target)).isEqualTo(info);
            }
        } finally {
            stop.set(true);
            join(writer);
        }
    }

    @Test
    void it_takes_the_place_of_a_clients_data() {
        master.store.checkpoint(checkpoint);
        try (Site client = new Site(folder.resolve("client"))) {
            client.newGeneration();
            client.put("old", "x", "gone");
            StoreTransaction transaction = client.store.begin(true);
            transaction.get("old", bytes("x"));

            client.store.replaceWith(checkpoint);

            assertThat(checkpoint).doesNotExist();
            assertThat(client.store.pendingReset()).contains(master.store.applied());
            assertThat(client.store.databaseNames()).containsExactly("names");
            assertThat(client.get("names", "a")).contains("1");
            assertThatThrownBy(() -> transaction.get("old", bytes("x"))).isInstanceOf(SnapshotLostException.class);
            transaction.close();
            client.store.resetDone();
            assertThat(client.store.pendingReset()).isEmpty();
            master.put("names", "c", "3");
            client.store.apply(master.log.read(client.store.applied().lsn() + 1, master.log.lastLsn(), 1 << 20));
            assertThat(client.get("names", "c")).contains("3");
        }
    }

    @Test
    void a_checkpoint_that_is_damaged_is_refused_and_the_data_stays() throws IOException {
        master.store.checkpoint(checkpoint);
        Files.write(checkpoint.resolve("CURRENT"), bytes("MANIFEST-999999\n"));
        try (Site client = new Site(folder.resolve("client"))) {
            client.newGeneration();
            client.put("old", "x", "kept");
            assertThatThrownBy(() -> client.store.replaceWith(checkpoint)).isInstanceOf(RuntimeException.class);
            assertThat(client.get("old", "x")).contains("kept");
            client.put("old", "y", "kept");
        }
    }

    @Test
    void a_checkpoint_that_misses_a_file_is_refused() throws IOException {
        master.store.checkpoint(checkpoint);
        try (var files = Files.newDirectoryStream(checkpoint, "*.sst")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(() -> master.store.inspect(checkpoint)).isInstanceOf(EnvironmentCorruptedException.class);
    }

    @Test
    void a_crash_before_the_turning_point_leaves_the_old_data() throws IOException {
        master.store.checkpoint(checkpoint);
        Path home = folder.resolve("client");
        MemoryLog log = new MemoryLog();
        try (Site client = new Site(home, Site.OPTIONS, log)) {
            client.newGeneration();
            client.put("old", "x", "kept");
        }
        Files.move(checkpoint, home.resolve("data.incoming"));
        try (Site client = new Site(home, Site.OPTIONS, log)) {
            assertThat(client.get("old", "x")).contains("kept");
            assertThat(client.store.pendingReset()).isEmpty();
            assertThat(home.resolve("data.incoming")).doesNotExist();
        }
    }

    @Test
    void a_crash_after_the_turning_point_is_finished_at_the_next_opening() throws IOException {
        master.store.checkpoint(checkpoint);
        for (int step = 0; step < 3; step++) {
            Path home = folder.resolve("client" + step);
            try (Site client = new Site(home)) {
                client.newGeneration();
                client.put("old", "x", "gone");
            }
            Path incoming = home.resolve("data.incoming");
            master.store.checkpoint(incoming);
            Files.write(home.resolve("data.swapped"), new byte[] {1});
            if (step > 0) {
                Files.move(home.resolve("data"), home.resolve("data.outgoing"));
            }
            if (step > 1) {
                Files.move(incoming, home.resolve("data"));
            }
            try (Store store = Store.open(home, Site.OPTIONS, () -> {})) {
                assertThat(store.databaseNames()).containsExactly("names");
                assertThat(store.pendingReset()).contains(master.store.applied());
                store.resetDone();
            }
            try (Store store = Store.open(home, Site.OPTIONS, () -> {})) {
                assertThat(store.pendingReset()).isEmpty();
                assertThat(store.get("names", bytes("a"))).contains(bytes("1"));
            }
            assertThat(home.resolve("data.outgoing")).doesNotExist();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
