package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.understudy.event.ReplicationEvent;

/** The manual's table of Berkeley DB's events, and what each is here. */
class EventsManualTest {
    private static final Path MANUAL = Path.of("..", "docs", "berkeley-db.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final List<String> NAMES = List.of(
            "AUTOTAKEOVER",
            "AUTOTAKEOVER_FAILED",
            "CLIENT",
            "CONNECT_BROKEN",
            "CONNECT_ESTD",
            "CONNECT_TRY_FAILED",
            "DUPMASTER",
            "ELECTED",
            "ELECTION_FAILED",
            "INIT_DONE",
            "INQUEUE_FULL",
            "JOIN_FAILURE",
            "LOCAL_SITE_REMOVED",
            "MASTER",
            "MASTER_FAILURE",
            "NEWMASTER",
            "PERM_FAILED",
            "SITE_ADDED",
            "SITE_REMOVED",
            "STARTUPDONE",
            "WOULD_ROLLBACK");

    @Test
    void each_of_Berkeley_DBs_events_is_told_of() throws IOException {
        assertThat(cells(1))
                .containsAll(NAMES.stream().map(name -> "DB_EVENT_REP_" + name).toList())
                .contains("DB_EVENT_WRITE_FAILED", "DB_EVENT_PANIC");
    }

    @Test
    void each_of_ours_has_its_row_and_each_in_a_row_exists() throws IOException {
        List<String> ours = Stream.of(ReplicationEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
        assertThat(cells(2)).containsAll(ours);
        assertThat(cells(2)).filteredOn(name -> !name.endsWith("Exception")).isSubsetOf(ours);
    }

    /** What stands as code in one column. */
    private static List<String> cells(int column) throws IOException {
        return Files.readAllLines(MANUAL).stream()
                .dropWhile(line -> !line.equals("## Events"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|"))
                .flatMap(line -> CODE.matcher(line.split("\\|")[column]).results())
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
