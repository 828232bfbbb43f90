package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;

class ForwardSessionTest {
    @Test
    void a_session_is_read_back_as_it_was_whatever_the_order_of_its_commits() {
        ForwardSession session = new ForwardSession(
                1L << 40,
                1_700_000_000_000L,
                new TreeMap<>(Map.of(
                        1L << 40,
                        new Standing(7, Long.MAX_VALUE / 2),
                        (1L << 40) + 3,
                        new Standing(9, 5),
                        (1L << 40) + 70,
                        new Standing(8, 1_000_000))));
        assertThat(ForwardSession.decode(session.encode())).isEqualTo(session);
        assertThat(ForwardSession.decode(ForwardSession.opened(3).encode())).isEqualTo(ForwardSession.opened(3));
    }

    @Test
    void a_full_session_takes_few_bytes() {
        ForwardSession session = ForwardSession.opened(0);
        for (long number = 1; number <= ForwardSession.MOST_OPEN; number++) {
            session = session.with(number, new Standing(3, 1_000_000 + 2 * number), 1, 0);
        }
        assertThat(session.encode()).hasSizeLessThan(17 + 4 * ForwardSession.MOST_OPEN);
    }

    @Test
    void what_is_below_the_window_is_forgotten_and_never_allowed_again() {
        ForwardSession session =
                ForwardSession.opened(0).with(1, new Standing(1, 10), 1, 0).with(3, new Standing(1, 12), 3, 5);
        assertThat(session.allows(1)).isFalse();
        assertThat(session.allows(2)).isFalse();
        assertThat(session.done()).containsOnlyKeys(3L);
        assertThat(session.with(4, new Standing(1, 13), 1, 6).window())
                .as("a window never goes back")
                .isEqualTo(3);
    }

    @Test
    void damaged_bytes_are_refused() {
        byte[] bytes = ForwardSession.opened(0).encode();
        bytes[0] = 9;
        assertThatThrownBy(() -> ForwardSession.decode(bytes)).isInstanceOf(MalformedValueException.class);
    }
}
