package org.understudy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.log.MalformedValueException;

/** Who does not belong here is told why, and hurts nobody. */
class RefusalTest {
    @TempDir
    Path home;

    private HeldHome held;

    @BeforeEach
    void open() throws IOException {
        held = new HeldHome(home);
    }

    @AfterEach
    void close() {
        held.close();
    }

    private Reply greeted(String version, String secret, String inHome, boolean line) throws IOException {
        try (Wire wire = held.connect()) {
            return HeldHome.greet(wire, version, secret, inHome, line);
        }
    }

    private static String reason(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply).reason();
    }

    @Test
    void another_version_another_home_and_a_wrong_word_are_refused_with_the_reason() throws IOException {
        String here = held.path();
        assertThat(reason(greeted("0", held.secret(), here, true))).contains("same release");
        assertThat(reason(greeted(Greeting.VERSION, "wrong", here, true))).contains(MeetingPoint.ADDRESS_FILE);
        assertThat(reason(greeted(Greeting.VERSION, held.secret(), "/elsewhere", true)))
                .contains("/elsewhere");
        assertThat(reason(greeted(Greeting.VERSION, held.secret(), here, false)))
                .contains("attachment");
        assertThat(greeted(Greeting.VERSION, held.secret(), here, true)).isInstanceOf(Reply.Welcome.class);
    }

    @Test
    void a_process_that_is_set_up_with_long_lists_lets_others_in(@TempDir Path other) {
        List<String> many = IntStream.range(0, 2_000)
                .mapToObj(number -> "site-" + number + ".example.org:7000")
                .toList();
        EnvironmentConfig config = EnvironmentConfig.builder(other)
                .localSite("localhost:7000")
                .bootstrapHelpers(many)
                .build();
        try (Environment first = Environment.open(config);
                Environment second =
                        Environment.open(EnvironmentConfig.builder(other).build())) {
            assertThat(second.status().process().subordinate()).isTrue();
            assertThat(second.role()).isEqualTo(first.role());
        }
    }

    @Test
    void an_address_that_is_none_is_told_as_such() throws IOException {
        Path folder = Files.createDirectory(home.resolve("other"));
        for (String damaged : List.of("", "loopback\nword", "loopback port\nword", "tcp 1\nword")) {
            Files.writeString(folder.resolve(MeetingPoint.ADDRESS_FILE), damaged);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new MeetingPoint(folder).find())
                    .withMessageContaining("is no address of a process");
        }
    }

    @Test
    void a_value_that_can_not_be_is_no_message() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        byte[] frame = Messages.asked(new Messages.Asked(1, new Errand.OutcomeOf(CommitToken.NONE, longest)));
        frame[frame.length - Integer.BYTES] = Byte.MAX_VALUE; // so many nanoseconds more are too many
        assertThatExceptionOfType(MalformedValueException.class).isThrownBy(() -> Messages.asked(frame));
    }

    @Test
    void garbage_at_the_socket_is_let_go_and_hurts_nobody() throws IOException {
        try (Wire wire = held.connect()) {
            wire.put(new byte[] {1, 2, 3});
            wire.flush();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> wire.take(100, ProcessLimits.GREETING_TIME.multipliedBy(5)));
        }
        try (Wire wire = held.connect()) {
            wire.put(new byte[ProcessLimits.MAX_GREETING_BYTES + 1]);
            wire.flush();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> wire.take(100, ProcessLimits.GREETING_TIME.multipliedBy(5)));
        }
        try (Environment second =
                Environment.open(EnvironmentConfig.builder(home).build())) {
            second.database("d", Codecs.STRING, Codecs.STRING).put("k", "v");
        }
        assertThat(held.holder().database("d", Codecs.STRING, Codecs.STRING).get("k"))
                .contains("v");
    }
}
