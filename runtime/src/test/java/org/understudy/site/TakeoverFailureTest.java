package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.Role;
import org.understudy.UnavailableException;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.Takeover;
import org.understudy.event.TakeoverFailed;

/** A process that got the lock of a home and can't go on with what is there (protocol.md §11). */
@Timeout(120)
class TakeoverFailureTest {
    private static final int GENERATION_OF_HEADER = 12;

    @TempDir
    Path folder;

    private Path firstSegment(TestGroup group) throws IOException {
        try (Stream<Path> files = Files.list(group.home(0).resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Turns the bits of one byte around: once to damage the file, and once more to repair it. */
    private static void turn(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), position);
        }
    }

    @Test
    void S80_a_takeover_that_fails_is_told_with_the_reason_where_it_was_tried_and_start_tries_again()
            throws IOException {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.processTimeout(Duration.ofMillis(300)))) {
            group.start(0);
            List<ReplicationEvent> heard = new CopyOnWriteArrayList<>();
            try (Environment second = Environment.open(
                    group.config(0).joinTimeout(Duration.ofMinutes(5)).build())) {
                second.subscribe(heard::add);
                second.start();
                names(second).put("k", "v");
                Path segment = firstSegment(group);
                turn(segment, GENERATION_OF_HEADER);

                group.close(0);

                await().atMost(TestGroup.PATIENCE).until(() -> !heard.isEmpty());
                assertThat(heard).singleElement().isInstanceOfSatisfying(TakeoverFailed.class, event -> assertThat(
                                event.reason())
                        .contains(segment.getFileName().toString()));
                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(() -> names(second).get("k"))
                        .withMessageContaining(segment.getFileName().toString());

                assertThatExceptionOfType(UnavailableException.class)
                        .isThrownBy(second::start)
                        .withMessageContaining(segment.getFileName().toString());

                turn(segment, GENERATION_OF_HEADER);
                second.start();

                await().atMost(TestGroup.PATIENCE).until(() -> second.role() == Role.MASTER);
                assertThat(names(second).get("k")).contains("v");
                assertThat(heard).hasAtLeastOneElementOfType(Takeover.class);
            }
        }
    }

    @Test
    void start_waits_for_the_home_as_long_as_for_a_place_in_the_group_and_blocks_nobody() {
        try (TestGroup group = new TestGroup(folder, 1, builder -> builder.processTimeout(Duration.ofMillis(100)))) {
            group.start(0);
            try (Environment second = Environment.open(
                    group.config(0).joinTimeout(Duration.ofMinutes(5)).build())) {
                group.close(0);
                CompletionStage<Void> started;
                try (Environment other =
                        Environment.open(group.config(0).subordinates(false).build())) {
                    other.start();
                    started = second.startAsync();
                    assertThatExceptionOfType(UnavailableException.class)
                            .isThrownBy(second::role)
                            .withMessageContaining("process-timeout");
                    assertThat(started.toCompletableFuture()).isNotDone();
                }
                started.toCompletableFuture().join();
                assertThat(second.role()).isEqualTo(Role.MASTER);
            }
        }
    }
}
