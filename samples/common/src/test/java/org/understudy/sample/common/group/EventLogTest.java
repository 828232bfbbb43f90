package org.understudy.sample.common.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.event.BecameMaster;
import org.understudy.event.ConnectionTryFailed;
import org.understudy.event.EventOrigin;
import org.understudy.event.NewMaster;
import org.understudy.event.SiteAdded;

class EventLogTest {

    private static final EventOrigin ORIGIN = new EventOrigin("default", Optional.of("localhost:7001"), 3, 70, 1);

    private final EventLog log = new EventLog();

    @BeforeEach
    void name_the_sites() {
        log.text = new EventText();
        log.text.directory = new Directory(
                List.of("localhost:7001", "localhost:7002"),
                List.of(URI.create("http://localhost:8001/"), URI.create("http://localhost:8002/")),
                "localhost:7001");
    }

    @Test
    void events_are_told_newest_first_with_the_sites_by_their_numbers() {
        log.add(new NewMaster(ORIGIN, "localhost:7002", 3));
        log.add(new BecameMaster(ORIGIN, 4));

        assertThat(log.newestFirst())
                .extracting(LoggedEvent::text)
                .containsExactly("became master, generation 4", "follows Site 2, generation 3");
    }

    @Test
    void the_same_event_again_and_again_is_one_entry_with_a_count() {
        log.add(new ConnectionTryFailed(ORIGIN, "localhost:7002", "refused"));
        log.add(new ConnectionTryFailed(ORIGIN, "localhost:7003", "refused"));
        log.add(new ConnectionTryFailed(ORIGIN, "localhost:7002", "no answer"));

        assertThat(log.newestFirst())
                .extracting(LoggedEvent::text, LoggedEvent::times)
                .containsExactly(
                        tuple("can't reach Site 2: no answer", 2), tuple("can't reach localhost:7003: refused", 1));
    }

    @Test
    void what_happens_to_different_sites_is_not_the_same() {
        log.add(new SiteAdded(ORIGIN, "localhost:7002"));
        log.add(new SiteAdded(ORIGIN, "localhost:7003"));

        assertThat(log.newestFirst())
                .extracting(LoggedEvent::text, LoggedEvent::times)
                .containsExactly(tuple("saw localhost:7003 join the group", 1), tuple("saw Site 2 join the group", 1));
    }

    @Test
    void it_forgets_the_oldest() {
        for (int i = 0; i < 200; i++) {
            log.add(i % 2 == 0 ? new BecameMaster(ORIGIN, i) : new NewMaster(ORIGIN, "localhost:7002", i));
        }

        assertThat(log.newestFirst()).hasSize(60);
        assertThat(log.newestFirst().get(0).number()).isEqualTo(200);
    }
}
