package org.understudy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.backend.Write;
import org.understudy.process.Messages.Told;

/** What the process that has the home does with those that say nothing, or do not listen. */
class SilentSubordinatesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SO_MANY = 300;

    @TempDir
    Path home;

    private final List<Wire> lines = new ArrayList<>();
    private HeldHome held;

    @BeforeEach
    void open() throws IOException {
        held = new HeldHome(home);
    }

    @AfterEach
    void close() {
        lines.forEach(Wire::close);
        held.close();
    }

    private Wire line() throws IOException {
        Wire line = held.connect();
        lines.add(line);
        assertThat(HeldHome.greet(line, Greeting.VERSION, held.secret(), held.path(), true))
                .isInstanceOf(Reply.Welcome.class);
        return line;
    }

    @Test
    void it_tells_them_again_and_again_that_it_is_there() throws IOException {
        Wire line = line();
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            told.add(Messages.told(line.take(ProcessLimits.MAX_FRAME_BYTES, PATIENCE)));
        }
        assertThat(told.get(0)).isInstanceOf(Told.RoleNow.class);
        assertThat(told.subList(1, 3)).containsOnly(new Told.Beat());
    }

    /** If they were waited for one after the other, that would be half a minute. */
    @Test
    void its_end_waits_for_all_that_do_not_listen_at_once() throws IOException {
        for (int i = 0; i < 30; i++) {
            fill(line(), "k" + i);
        }
        assertThat(CompletableFuture.runAsync(held::close)).succeedsWithin(Duration.ofSeconds(20));
        assertThat(home.resolve(MeetingPoint.ADDRESS_FILE)).doesNotExist();
    }

    /** Has more told on a line than the system keeps for one that does not listen. */
    private void fill(Wire line, String key) throws IOException {
        for (int i = 0; i < SO_MANY; i++) {
            ask(line, i, new Errand.OutcomeOf(new CommitToken(UUID.randomUUID(), 1, 1), Duration.ZERO));
        }
        ask(line, SO_MANY, new Errand.CommitAlone(new Write.Put("d", Codecs.STRING.encode(key), new byte[] {1})));
        await().atMost(PATIENCE).until(() -> held.holder()
                .database("d", Codecs.STRING, Codecs.BYTES)
                .get(key)
                .isPresent());
    }

    private static void ask(Wire line, long number, Errand<?> errand) throws IOException {
        line.put(Messages.asked(new Messages.Asked(number, errand)));
        line.flush();
    }
}
