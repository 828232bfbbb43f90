package org.understudy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void a_message_is_read_as_it_was_written() {
        Message message = Message.of("load").with("threads", 8).with("forced", true);

        assertThat(Message.parse(message.toString())).isEqualTo(message);
        assertThat(message.count("threads")).isEqualTo(8);
        assertThat(message.flag("forced")).isTrue();
    }

    @Test
    void a_failure_stays_on_one_line_whatever_its_cause_says() {
        Message failure = Message.failed(new IllegalStateException("two\nlines a=b"));

        assertThat(failure.isOk()).isFalse();
        assertThat(Message.parse(failure.toString())).isEqualTo(failure);
    }

    @Test
    void a_word_without_a_value_is_refused() {
        assertThatThrownBy(() -> Message.parse("load threads"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'threads'");
    }

    @Test
    void a_value_that_is_missing_is_named() {
        assertThatThrownBy(() -> Message.of("load").number("millis")).hasMessageContaining("millis");
    }
}
