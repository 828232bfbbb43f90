package org.understudy.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.Durability;
import org.understudy.log.GroupTerms;
import org.understudy.log.MemberTable;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.ReplicaTimes;
import org.understudy.protocol.SyncSettings;

/** What a scenario's sites are set to: the usual, but for what {@code site name option…} says; {@code *} is every site. */
final class ScenarioSettings {
    private static final long SECOND = 1_000_000;
    private static final String EVERY_SITE = "*";

    private final Map<String, String> options = new TreeMap<>();

    /** {@code site name option…}: before it is started for the first time. */
    void set(String name, String words) {
        options.put(name, words);
    }

    /** What a site is set to. */
    SiteSettings of(String name, boolean creator) {
        boolean view = words(name).contains("view");
        ReplicaSettings replica = new ReplicaSettings(
                "scenario",
                name,
                option(name, "priority").map(Integer::parseInt).orElse(view ? 0 : 100),
                view,
                !words(name).contains("no-elections"),
                terms(name),
                times(name),
                sync(name));
        boolean replaces = words(name).contains("replace");
        return new SiteSettings(
                replica,
                creator && !founding(name).exists(),
                false,
                100,
                SECOND,
                10 * SECOND,
                replaces,
                founding(name),
                option(name, "log-room").map(Long::parseLong).orElse(Long.MAX_VALUE));
    }

    private MemberTable founding(String name) {
        return option(name, "legacy")
                .map(sites -> MemberTable.founding("scenario", List.of(sites.split(","))))
                .orElse(MemberTable.NONE);
    }

    private ReplicaTimes times(String name) {
        return new ReplicaTimes(
                SECOND / 2,
                2 * SECOND,
                2 * SECOND,
                option(name, "full-election").map(ScenarioSettings::micros).orElse(0L),
                2 * SECOND,
                SECOND / 2,
                option(name, "quorum-loss").map(ScenarioSettings::micros).orElse(4 * SECOND),
                10 * SECOND,
                3 * SECOND);
    }

    private GroupTerms terms(String name) {
        return new GroupTerms(
                option(name, "durability").map(Durability::valueOf).orElse(Durability.SYNC),
                SECOND,
                !words(name).contains("not-strict"),
                option(name, "preferred").orElse(""),
                option(name, "lease").map(ScenarioSettings::micros).orElse(0L),
                0);
    }

    private SyncSettings sync(String name) {
        return new SyncSettings(
                64 << 10,
                2 << 10,
                words(name).contains("delayed"),
                !words(name).contains("no-init"),
                !words(name).contains("no-rollback"),
                Long.MAX_VALUE,
                option(name, "peer").map(List::of).orElse(List.of()),
                !words(name).contains("partial"));
    }

    private Optional<String> option(String name, String key) {
        return Arrays.stream(words(name).split(" "))
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst();
    }

    private String words(String name) {
        return options.getOrDefault(name, "") + " " + options.getOrDefault(EVERY_SITE, "");
    }

    /** A span of time as people write it. */
    static long micros(String span) {
        for (String unit : new String[] {"ms", "s"}) {
            if (span.endsWith(unit)) {
                long count = Long.parseLong(span.substring(0, span.length() - unit.length()));
                return count * (unit.equals("s") ? SECOND : SECOND / 1000);
            }
        }
        throw new IllegalArgumentException("a span of time in ms or s is wanted, not " + span);
    }
}
