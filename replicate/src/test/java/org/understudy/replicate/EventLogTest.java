package org.understudy.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.event.EventOrigin;
import org.understudy.event.NewMaster;

class EventLogTest {

    @Test
    void an_event_is_a_line_with_all_that_it_tells() {
        EventOrigin origin = new EventOrigin("default", Optional.of("a:1"), 4, 17, 1);
        assertThat(EventLog.line(new NewMaster(origin, "b:1", 4)))
                .isEqualTo("USTDY-0602 NewMaster[master=b:1, generation=4] [default a:1] at 4/17");
    }
}
