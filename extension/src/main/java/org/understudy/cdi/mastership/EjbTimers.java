package org.understudy.cdi.mastership;

import jakarta.ejb.NoMoreTimeoutsException;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Timer;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What EJB's timers tell of themselves. Used only where there is one: EJB may be absent. */
final class EjbTimers {

    private EjbTimers() {}

    /** The schedule of a timer, the same on every site; empty if it ticks at intervals that begin whenever it was made. */
    static Optional<String> schedule(Object timer) {
        Timer ejb = (Timer) timer;
        return ejb.isCalendarTimer() ? Optional.of(text(ejb.getSchedule())) : Optional.empty();
    }

    private static String text(ScheduleExpression schedule) {
        return Stream.of(
                        schedule.getSecond(),
                        schedule.getMinute(),
                        schedule.getHour(),
                        schedule.getDayOfMonth(),
                        schedule.getMonth(),
                        schedule.getDayOfWeek(),
                        schedule.getYear(),
                        Optional.ofNullable(schedule.getTimezone()).orElse(""))
                .collect(Collectors.joining(" "))
                .trim();
    }

    /** When it ticks next, if it does. */
    static Optional<Instant> next(Object timer) {
        try {
            return Optional.ofNullable(((Timer) timer).getNextTimeout()).map(Date::toInstant);
        } catch (NoMoreTimeoutsException e) {
            return Optional.empty();
        }
    }
}
