package org.understudy.it.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Jdk;

/**
 * A timer that ticks every other second on a WildFly, an Open Liberty and a Payara Micro, and runs on the master only, while
 * masters are killed.
 */
class MasterOnlyTimerIT {

    private static final int KILLS = 2;
    private static final int TICKS = 2;
    private static final Duration STEP = Duration.ofSeconds(2);

    /** What the servers say is kept if the test fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private ServerGroup group;

    /** A tick that ran. */
    private record Ran(Instant due, long generation) {

        static Ran parse(String line) {
            String[] words = line.split(" ");
            return new Ran(Instant.parse(words[0]), Long.parseLong(words[1]));
        }
    }

    /** Ticks that were told missed. */
    private record Missed(Instant from, Instant until, String cause) {

        static Missed parse(String line) {
            String[] words = line.split(" ");
            return new Missed(Instant.parse(words[0]), Instant.parse(words[1]), words[2]);
        }

        boolean covers(Instant due) {
            return !due.isBefore(from) && due.isBefore(until);
        }

        boolean overlaps(Missed other) {
            return from.isBefore(other.until) && other.from.isBefore(until);
        }
    }

    @BeforeEach
    void prepare() {
        group = new ServerGroup(folder, Jdk.running(), List.of(ServerKind.values())).with("application.timer", "true");
    }

    @AfterEach
    void end() {
        group.close();
    }

    @Test
    void no_tick_runs_twice_in_a_generation_and_those_that_ran_nowhere_are_told_of_once() {
        group.start(group.sites());
        group.awaitReady(group.sites());
        an_ejb_that_starts_with_the_application_has_found_the_environments_open();
        Site master = group.awaitMaster(1);
        awaitTicks(master);
        for (int kill = 0; kill < KILLS; kill++) {
            Site killed = master;
            long generation = killed.generation();
            killed.server().kill();
            master = group.awaitMaster(generation + 1);
            awaitTicks(master);
            group.start(List.of(killed));
            group.awaitReady(group.sites());
        }
        master = without_a_majority_nothing_ticks(master);
        awaitTicks(master);
        master = the_next_master_ticks_on_when_one_is_stopped_in_order(master);
        judge(master);
    }

    private void an_ejb_that_starts_with_the_application_has_found_the_environments_open() {
        assertThat(group.sites())
                .allSatisfy(site -> assertThat(lines(site, "start")).containsExactly("written at the start"));
    }

    private Site without_a_majority_nothing_ticks(Site master) {
        long generation = master.generation();
        List<Site> others = group.without(master);
        others.forEach(site -> site.server().kill());
        group.awaitThat("no master: " + master, () -> !master.isMaster());
        group.start(others);
        group.awaitReady(group.sites());
        Site successor = group.awaitMaster(generation + 1);
        group.awaitThat("missed ticks in the data of health", () -> group.sites().stream()
                .anyMatch(MasterOnlyTimerIT::hasToldOfMissedTicks));
        return successor;
    }

    private static boolean hasToldOfMissedTicks(Site site) {
        return site.liveness().number("default.ticks-missed") > 0;
    }

    private Site the_next_master_ticks_on_when_one_is_stopped_in_order(Site master) {
        Site liberty = group.sites().get(ServerKind.LIBERTY.ordinal());
        if (master != liberty) {
            master.handOver(liberty);
        }
        Site successor = group.stopMaster(liberty);
        awaitTicks(successor);
        return successor;
    }

    /** Until some have run in its generation. */
    private void awaitTicks(Site master) {
        long generation = master.generation();
        group.awaitThat(
                "ticks in generation " + generation,
                () -> ran(master).stream()
                                .filter(tick -> tick.generation() == generation)
                                .count()
                        >= TICKS);
    }

    private void judge(Site master) {
        List<Ran> ran = ran(master);
        List<Missed> missed = lines(master, "timer/missed").map(Missed::parse).toList();
        assertThat(ran).as("none twice in a generation").doesNotHaveDuplicates();

        Set<Instant> due = ran.stream().map(Ran::due).collect(Collectors.toSet());
        List<Missed> ranNowhere =
                missed.stream().filter(gap -> gap.cause().equals("NOT_BEGUN")).toList();
        for (Missed gap : ranNowhere) {
            assertThat(due).as("%s", gap).noneMatch(gap::covers);
            assertThat(ranNowhere)
                    .as("told of once: %s", gap)
                    .filteredOn(gap::overlaps)
                    .containsExactly(gap);
        }
        Instant last = Collections.max(due);
        Instant first = Instant.ofEpochMilli(Collections.min(due).toEpochMilli() / STEP.toMillis() * STEP.toMillis());
        for (Instant tick = first; tick.isBefore(last); tick = tick.plus(STEP)) {
            Instant one = tick;
            assertThat(hasRun(one, due) || missed.stream().anyMatch(gap -> gap.covers(one)))
                    .as("%s has run or was told missed; ran: %s, missed: %s", one, ran, missed)
                    .isTrue();
        }
        assertThat(ranNowhere).as("without a majority").isNotEmpty();
        ServerGroup.say(ran.size() + " ticks ran, in "
                + ran.stream().map(Ran::generation).distinct().count() + " generations; told missed: " + missed);
    }

    /** One that comes more than a second late to a server that has just started is taken for one of a later second. */
    private static boolean hasRun(Instant tick, Set<Instant> due) {
        Instant next = tick.plus(STEP);
        return due.stream().anyMatch(one -> !one.isBefore(tick) && one.isBefore(next));
    }

    private static List<Ran> ran(Site site) {
        return lines(site, "timer/ran").map(Ran::parse).toList();
    }

    private static Stream<String> lines(Site site, String what) {
        return site.server()
                .application(Site.APPLICATION)
                .get("api/" + what)
                .text()
                .lines();
    }
}
