package org.understudy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;

/** Who does not belong here is told why, and hurts nobody. */
class RefusalTest {
    @TempDir
    Path home;

    private Environment holder;
    private MeetingPoint.Address address;

    @BeforeEach
    void open() throws IOException {
        holder = Environment.open(EnvironmentConfig.builder(home).build());
        address = new MeetingPoint(home.toRealPath()).find().orElseThrow();
    }

    @AfterEach
    void close() {
        holder.close();
    }

    private Reply greeted(String version, String secret, String inHome, boolean line) throws IOException {
        Greeting greeting = new Greeting(
                version, secret, inHome, 1, "default", "understudy", Optional.empty(), UUID.randomUUID(), line, false);
        try (Wire wire = Wire.connect(address.socket())) {
            wire.put(greeting.encoded());
            wire.flush();
            return Reply.decoded(wire.take(ProcessLimits.MAX_GREETING_BYTES, ProcessLimits.GREETING_TIME));
        }
    }

    private static String reason(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply).reason();
    }

    @Test
    void another_version_another_home_and_a_wrong_word_are_refused_with_the_reason() throws IOException {
        String here = home.toRealPath().toString();
        assertThat(reason(greeted("0", address.secret(), here, true))).contains("same release");
        assertThat(reason(greeted(Greeting.VERSION, "wrong", here, true))).contains(MeetingPoint.ADDRESS_FILE);
        assertThat(reason(greeted(Greeting.VERSION, address.secret(), "/elsewhere", true)))
                .contains("/elsewhere");
        assertThat(reason(greeted(Greeting.VERSION, address.secret(), here, false)))
                .contains("attachment");
        assertThat(greeted(Greeting.VERSION, address.secret(), here, true)).isInstanceOf(Reply.Welcome.class);
    }

    @Test
    void garbage_at_the_socket_is_let_go_and_hurts_nobody() throws IOException {
        try (Wire wire = Wire.connect(address.socket())) {
            wire.put(new byte[] {1, 2, 3});
            wire.flush();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> wire.take(100, ProcessLimits.GREETING_TIME.multipliedBy(5)));
        }
        try (Wire wire = Wire.connect(address.socket())) {
            wire.put(new byte[ProcessLimits.MAX_GREETING_BYTES + 1]);
            wire.flush();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> wire.take(100, ProcessLimits.GREETING_TIME.multipliedBy(5)));
        }
        try (Environment second =
                Environment.open(EnvironmentConfig.builder(home).build())) {
            second.database("d", Codecs.STRING, Codecs.STRING).put("k", "v");
        }
        assertThat(holder.database("d", Codecs.STRING, Codecs.STRING).get("k")).contains("v");
    }
}
