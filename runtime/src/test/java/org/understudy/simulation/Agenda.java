package org.understudy.simulation;

import java.util.PriorityQueue;

/** Virtual time, and what is to happen in it: ordered by time, and by who came first where times are equal. */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(256);
    private long nowMicros;
    private long sequence;

    private record Entry(long micros, long sequence, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(micros, other.micros);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** The time, in microseconds since the world began. */
    long now() {
        return nowMicros;
    }

    /** Does this at a time; at once, but after what is due already, if the time has passed. */
    void at(long micros, Runnable action) {
        entries.add(new Entry(Math.max(micros, nowMicros), sequence++, action));
    }

    /** Does this after a while. */
    void after(long micros, Runnable action) {
        at(nowMicros + micros, action);
    }

    /** Lets the next thing happen, unless it is due after this time; then time goes on to there. Tells whether one did. */
    boolean runNext(long untilMicros) {
        Entry next = entries.peek();
        if (next == null || next.micros > untilMicros) {
            nowMicros = Math.max(nowMicros, untilMicros);
            return false;
        }
        entries.poll();
        nowMicros = next.micros;
        next.action.run();
        return true;
    }
}
