package org.understudy.site.drive;

/** One timer that is set anew all the time, mostly for later; it lets an earlier one ring rather than set many. */
final class Alarm {
    private static final long NONE = -1;

    private final EventLoop loop;
    private final Runnable task;
    private long timer = NONE;
    private long setForMicros = Long.MAX_VALUE;

    Alarm(EventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Has the task run at this time or, if it is set for an earlier one, then. */
    void setFor(long atMicros, long nowMicros) {
        if (atMicros >= setForMicros) {
            return;
        }
        off();
        setForMicros = atMicros;
        timer = loop.timer(Math.max(0, atMicros - nowMicros), this::ring);
    }

    private void ring() {
        timer = NONE;
        setForMicros = Long.MAX_VALUE;
        task.run();
    }

    void off() {
        if (timer != NONE) {
            loop.cancelTimer(timer);
            timer = NONE;
        }
        setForMicros = Long.MAX_VALUE;
    }
}
