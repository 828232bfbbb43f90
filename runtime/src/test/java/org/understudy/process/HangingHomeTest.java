package org.understudy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.CommitToken;
import org.understudy.EnvironmentConfig;
import org.understudy.OutcomeUnknownException;
import org.understudy.UnavailableException;
import org.understudy.backend.Write;
import org.understudy.process.Messages.Told;
import org.understudy.thread.LibraryThread;

/** Nobody waits for ever for a process that has the home and hangs (protocol.md §11). */
@Timeout(60)
class HangingHomeTest {
    private static final byte[] KEY = {1};

    @TempDir
    Path home;

    /** Lets a subordinate in, and hangs as soon as it has heard so many calls. */
    private static final class Holder implements AutoCloseable {
        private final ServerSocketChannel channel;
        private final List<Wire> wires = new ArrayList<>();
        private final CountDownLatch callsToHear;

        Holder(Path home, int calls) throws IOException {
            this.channel = new MeetingPoint(home.toRealPath()).listen().channel();
            this.callsToHear = new CountDownLatch(calls);
            LibraryThread.create("holder", this::accept).start();
        }

        private void accept() {
            try {
                while (true) {
                    Wire wire = new Wire(channel.accept());
                    synchronized (wires) {
                        wires.add(wire);
                    }
                    LibraryThread.create("holder", () -> serve(wire)).start();
                }
            } catch (IOException closed) {
                assertThat(channel.isOpen()).isFalse();
            }
        }

        private void serve(Wire wire) {
            try {
                Greeting greeting = Greeting.decoded(wire.take());
                say(wire, new Reply.Welcome(1, Optional.empty(), List.of()).encoded());
                if (greeting.line()) {
                    while (!callsToHear.await(ProcessLimits.BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                        say(wire, Messages.told(new Told.Beat()));
                    }
                } else {
                    assertThat(wire.take()).isNotEmpty();
                    callsToHear.countDown();
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static void say(Wire wire, byte[] frame) throws IOException {
            wire.put(frame);
            wire.flush();
        }

        boolean hangs() {
            return callsToHear.getCount() == 0;
        }

        @Override
        public void close() throws IOException {
            channel.close();
            synchronized (wires) {
                wires.forEach(Wire::close);
            }
        }
    }

    @Test
    void a_read_may_be_tried_again_and_of_a_commit_it_is_not_known() throws IOException {
        EnvironmentConfig config = EnvironmentConfig.builder(home)
                .processTimeout(Duration.ofMillis(100))
                .build();
        try (Holder holder = new Holder(home, 2);
                Attachment attachment =
                        Attachment.to(config, LibraryThread::create, false).orElseThrow()) {
            RemoteBackend backend = new RemoteBackend(config, attachment, failure -> {});
            CompletableFuture<Throwable> read =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> backend.get("d", KEY)));

            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> backend.commit(new Write.Put("d", KEY, KEY)))
                    .withMessageContaining("said nothing for 2000 ms")
                    .satisfies(unknown -> {
                        assertThat(unknown.isRetriable()).isFalse();
                        assertThat(unknown.token()).isEqualTo(CommitToken.NONE);
                    });

            assertThat(holder.hangs()).isTrue();
            assertThat(read.join())
                    .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isRetriable())
                            .isTrue())
                    .hasMessageContaining("said nothing for 2000 ms");
            assertThat(attachment.lost()).isCompletedWithValueMatching(why -> why.contains("may hang"));
        }
    }

    /** Its system takes them in until its queue is full. */
    @Test
    void it_is_not_waited_for_at_the_door_either() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(home.resolve("door"));
        List<Wire> waiting = new ArrayList<>();
        try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            door.bind(address, 1);
            assertThatExceptionOfType(SilenceException.class).isThrownBy(() -> {
                for (int i = 0; i < 100; i++) {
                    waiting.add(Wire.connect(address));
                }
            });
        } finally {
            waiting.forEach(Wire::close);
        }
    }
}
