package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;

/** One direction between two machines: how long things take there, and whether they get through at all. */
final class Link {
    final String from;
    final String to;
    private final Agenda agenda;
    private final Dice dice;
    private final List<Runnable> waiting = new ArrayList<>();
    private long latencyMicros;
    private long jitterMicros;
    private int cuts;
    private long stalledUntil;
    private boolean severed;

    Link(Agenda agenda, Dice dice, String from, String to, long latencyMicros, long jitterMicros) {
        this.agenda = agenda;
        this.dice = dice;
        this.from = from;
        this.to = to;
        pace(latencyMicros, jitterMicros);
    }

    /** From now on a frame takes so long, and up to so much longer. */
    void pace(long latency, long jitter) {
        this.latencyMicros = latency;
        this.jitterMicros = jitter;
    }

    /** How long the next frame takes. */
    long delay() {
        return latencyMicros + (jitterMicros == 0 ? 0 : dice.between(0, jitterMicros));
    }

    /** Nothing gets through any more, until it was healed as often as it was cut. */
    void cut() {
        cuts++;
    }

    /** Takes back one cut; what waited goes on. */
    void heal() {
        if (cuts > 0) {
            cuts--;
            release();
        }
    }

    private void release() {
        if (!isCut()) {
            List<Runnable> released = new ArrayList<>(waiting);
            waiting.clear();
            released.forEach(action -> agenda.after(delay(), action));
        }
    }

    /** Nothing gets through until it is repaired. */
    void sever() {
        severed = true;
    }

    /** Takes back all that is wrong with it. */
    void repair() {
        stalledUntil = 0;
        severed = false;
        cuts = 0;
        release();
    }

    /** Nothing gets through for so long. */
    void stall(long micros) {
        stalledUntil = Math.max(stalledUntil, agenda.now() + micros);
    }

    boolean isCut() {
        return severed || cuts > 0;
    }

    /** Runs this now if things get through, else when they do again. */
    void pass(Runnable action) {
        if (isCut()) {
            waiting.add(action);
        } else if (stalledUntil > agenda.now()) {
            agenda.at(stalledUntil, () -> pass(action));
        } else {
            action.run();
        }
    }
}
