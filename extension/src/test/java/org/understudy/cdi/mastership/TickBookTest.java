package org.understudy.cdi.mastership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;
import org.understudy.cdi.Ports;
import org.understudy.cdi.mastership.TickMissed.Cause;

/** The book of a timer that ticks every second, in a group of one whose every start is another mastership. */
@Timeout(60)
class TickBookTest {

    private static final String TIMER = "Jobs.tick() * * *";
    private static final List<String> PREFIXES = List.of("Jobs.tick() ");
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    /** Time goes on when the test says so. */
    private static final class Hands extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    Path home;

    private final Hands clock = new Hands();
    private final List<Object> told = new ArrayList<>();
    private final Tally tally = new Tally();
    private final String site = "localhost:" + Ports.free();
    private Environment environment;
    private TickBook book;

    @BeforeEach
    void open() {
        environment = Environment.open(EnvironmentConfig.builder(home)
                .localSite(site)
                .groupCreator(true)
                .build());
        environment.start();
        await().until(() -> environment.role() == Role.MASTER);
        book = new TickBook(environment, new Host(), tally, clock);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    private final class Host implements MastershipHost {
        @Override
        public Environment environment(String name) {
            return environment;
        }

        @Override
        public void fire(String name, Object event) {
            told.add(event);
        }
    }

    /** Another mastership, of a process that remembers nothing. */
    private void restart() {
        environment.close();
        open();
    }

    private static Instant second(int number) {
        return START.plusSeconds(number);
    }

    /** A tick that comes when it is due. */
    private Tick tick(int second) {
        clock.now = second(second).plusMillis(2);
        return book.arrived(TIMER, Optional.of(second(second + 1)));
    }

    private HeldMastership held() {
        return HeldMastership.enter(environment);
    }

    private boolean run(int second) {
        Tick tick = tick(second);
        HeldMastership held = held();
        boolean runs = book.begin(tick, held);
        if (runs) {
            book.end(tick, held);
        }
        return runs;
    }

    private static TickMissed missed(int from, int until) {
        return new TickMissed("default", TIMER, second(from), second(until), Cause.NOT_BEGUN);
    }

    @Test
    void tick_after_tick_runs_and_nothing_is_missed() {
        for (int second = 0; second < 3; second++) {
            assertThat(run(second)).isTrue();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void no_tick_runs_twice_in_one_generation_nor_after_a_later_one() {
        assertThat(run(1)).isTrue();
        assertThat(run(1)).isFalse();
        assertThat(run(2)).isTrue();
        assertThat(run(1)).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void a_tick_that_has_ended_is_not_repeated_by_the_next_master_and_one_that_was_left_is() {
        assertThat(run(1)).isTrue();
        restart();
        assertThat(run(1)).isFalse();
        assertThat(book.begin(tick(2), held())).isTrue();
        restart();
        assertThat(run(2)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void ticks_that_nobody_ran_are_told_of_once_with_the_next() {
        run(1);
        book.skip(tick(2));
        book.skip(tick(3));
        run(4);
        assertThat(told).containsExactly(missed(2, 4));
        run(5);
        assertThat(told).hasSize(1);
        assertThat(tally.counts()).isEqualTo(new MasterOnlyCounts(0, 3, 1));
    }

    @Test
    void the_next_mastership_tells_of_them_when_it_begins_and_not_again() {
        run(1);
        restart();
        clock.now = second(10);
        book.review(environment.generation(), PREFIXES);
        assertThat(told).containsExactly(missed(2, 9));
        book.review(environment.generation(), PREFIXES);
        assertThat(told).hasSize(1);
    }

    @Test
    void a_tick_that_was_left_in_the_middle_is_told_of_once() {
        HeldMastership first = held();
        assertThat(book.begin(tick(1), first)).isTrue();
        restart();
        clock.now = second(2);
        book.review(environment.generation(), PREFIXES);
        assertThat(told)
                .containsExactly(
                        new TickMissed("default", TIMER, second(1), second(1).plusMillis(1), Cause.NOT_ENDED));
        run(2);
        restart();
        book.review(environment.generation(), PREFIXES);
        assertThat(told).hasSize(1);
    }

    @Test
    void without_a_review_the_next_tick_tells_of_the_one_that_was_left() {
        assertThat(book.begin(tick(1), held())).isTrue();
        restart();
        run(2);
        assertThat(told)
                .containsExactly(
                        new TickMissed("default", TIMER, second(1), second(1).plusMillis(1), Cause.NOT_ENDED));
    }

    @Test
    void what_came_between_a_review_and_the_next_tick_is_told_of_if_it_was_seen_here() {
        run(1);
        restart();
        clock.now = second(5);
        book.review(environment.generation(), PREFIXES);
        assertThat(told).containsExactly(missed(2, 4));
        run(5);
        assertThat(told).hasSize(1);
        restart();
        clock.now = second(9);
        book.review(environment.generation(), PREFIXES);
        book.skip(tick(9));
        run(10);
        assertThat(told).containsExactly(missed(2, 4), missed(6, 8), missed(8, 10));
    }

    @Test
    void a_tick_that_a_later_site_cannot_know_of_is_told_of_as_if_it_had_been() {
        run(1);
        restart();
        clock.now = second(5);
        book.review(environment.generation(), PREFIXES);
        clock.now = second(7);
        restart();
        run(7);
        assertThat(told).containsExactly(missed(2, 4), missed(4, 7));
    }

    @Test
    void other_timers_are_none_of_a_reviews_business() {
        run(1);
        restart();
        clock.now = second(10);
        book.review(environment.generation(), List.of("Jobs.tick2() "));
        assertThat(told).isEmpty();
    }

    @Test
    void a_tick_without_mastership_does_not_run_and_is_told_of_later() {
        HeldMastership gone = held();
        run(1);
        restart();
        assertThat(book.begin(tick(2), gone)).isFalse();
        run(3);
        assertThat(told).containsExactly(missed(2, 3));
    }
}
