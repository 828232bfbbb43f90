package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

/** Nobody can fill the log by connecting again and again. */
class NetLogTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos;
    private final NetLog log = new NetLog(new Lines(), () -> nanos);

    @Test
    void the_same_line_is_logged_once_a_minute() {
        log.refusedIncoming("a:1", "10.0.0.7:4000", "no reason");
        log.refusedIncoming("a:1", "10.0.0.7:4001", "no reason");
        log.refusedIncoming("a:1", "10.0.0.7:4002", "no reason");

        assertThat(lines).containsExactly("USTDY-0401 site a:1 refused a connection from 10.0.0.7: no reason");

        nanos += 60_000_000_000L;
        log.refusedIncoming("a:1", "10.0.0.7:4003", "no reason");

        assertThat(lines)
                .hasSize(2)
                .last()
                .isEqualTo("USTDY-0401 site a:1 refused a connection from 10.0.0.7: no reason"
                        + " (and 2 times since last said)");
    }

    @Test
    void another_reason_is_another_line() {
        log.refusedByOther("a:1", "b:1", "one reason");
        log.refusedByOther("a:1", "b:1", "another reason");

        assertThat(lines).hasSize(2);
    }

    private final class Lines implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            lines.add(format);
        }
    }
}
