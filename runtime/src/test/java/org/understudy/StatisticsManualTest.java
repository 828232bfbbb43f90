package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual's table of Berkeley DB's statistics, and what each is here. */
class StatisticsManualTest {
    private static final Path MANUAL = Path.of("..", "docs", "berkeley-db.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** What the statistics of Berkeley DB's replication are called. */
    private static final List<String> NAMES = Stream.of(
                    "status master env_id env_priority view startup_complete gen next_lsn waiting_lsn max_perm_lsn",
                    "next_pg waiting_pg egen elections elections_won election_cur_winner election_gen",
                    "election_datagen election_lsn election_priority election_tiebreaker election_nsites",
                    "election_nvotes election_votes election_status election_sec election_usec nsites",
                    "master_changes dupmasters msgs_sent msgs_send_failures msgs_processed msgs_badgen msgs_recover",
                    "newsites outdated startsync_delayed log_records log_duplicated log_queued log_queued_max",
                    "log_queued_total log_requested txns_applied pg_records pg_duplicated pg_requested ext_records",
                    "ext_duplicated ext_rereq ext_update_rereq client_svc_req client_svc_miss client_rerequests",
                    "nthrottles bulk_fills bulk_overflows bulk_records bulk_transfers lease_chk lease_chk_misses",
                    "lease_chk_refresh lease_sends max_lease_sec max_lease_usec perm_failed msgs_queued msgs_dropped",
                    "incoming_queue_gbytes incoming_queue_bytes incoming_msgs_dropped connection_drop connect_fail",
                    "elect_threads max_elect_threads group_stable_log_file site_participants site_total site_views",
                    "polling_method takeovers write_ops_forwarded write_ops_received")
            .flatMap(line -> Stream.of(line.split(" ")))
            .map(name -> "st_" + name)
            .toList();

    private static final List<String> SITE_LIST = List.of("eid", "host", "port", "status", "flags", "max_ack_lsn");

    @Test
    void each_of_Berkeley_DBs_statistics_has_its_place_or_a_reason() throws IOException {
        List<String> told = rows().flatMap(row -> code(row[1])).toList();
        assertThat(told).doesNotHaveDuplicates().containsAll(NAMES).containsAll(SITE_LIST);
        assertThat(rows()).allSatisfy(row -> assertThat(row[2].strip()).isNotEmpty());
    }

    @Test
    void each_place_exists() throws IOException {
        List<String> places = rows().flatMap(row -> code(row[2]))
                .filter(code -> !ConfigOptions.find(code).isPresent())
                .toList();
        assertThat(places).hasSizeGreaterThan(40).allSatisfy(StatisticsManualTest::resolve);
    }

    private static Stream<String[]> rows() throws IOException {
        return Files.readAllLines(MANUAL).stream()
                .dropWhile(line -> !line.equals("## Statistics"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|"));
    }

    private static Stream<String> code(String cell) {
        List<String> found = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found.stream();
    }

    /** Follows accessors from {@link Status} on, through lists and optionals. */
    private static void resolve(String path) {
        Class<?> type = Status.class;
        for (String step : path.split("\\.")) {
            Method accessor = accessor(type, step, path);
            type = content(accessor.getGenericReturnType());
        }
    }

    private static Method accessor(Class<?> type, String name, String path) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(path + ": " + type.getSimpleName() + " has no " + name, e);
        }
    }

    private static Class<?> content(Type type) {
        return type instanceof ParameterizedType holder
                ? (Class<?>) holder.getActualTypeArguments()[0]
                : (Class<?>) type;
    }
}
