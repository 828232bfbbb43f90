package org.understudy.simulation;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** One direction of one connection: frames arrive in order, or not at all from some frame on. */
final class Pipe {
    private final Agenda agenda;
    private final Link link;
    private final Mischief mischief;
    private final Consumer<Frame> receiver;
    private final ArrayDeque<InFlight> frames = new ArrayDeque<>();
    private long lastArrival;
    private boolean moving;

    private record InFlight(Frame frame, long arrival) {}

    Pipe(Agenda agenda, Link link, Mischief mischief, Consumer<Frame> receiver) {
        this.agenda = agenda;
        this.link = link;
        this.mischief = mischief;
        this.receiver = receiver;
    }

    /** Sends a frame behind the others. */
    void put(Frame frame) {
        lastArrival = Math.max(lastArrival, agenda.now() + link.delay());
        InFlight before = frames.peekLast();
        frames.add(new InFlight(frame, lastArrival));
        if (frame instanceof Frame.Carried) {
            mangle(before);
        }
        move();
    }

    private void mangle(InFlight before) {
        InFlight newest = frames.peekLast();
        if (mischief.happens(FaultKind.DUPLICATED_FRAME)) {
            frames.add(newest);
        }
        boolean follows = before != null && before.frame instanceof Frame.Carried;
        if (follows && mischief.happens(FaultKind.REORDERED_FRAME)) {
            frames.remove(newest);
            frames.remove(before);
            frames.add(new InFlight(newest.frame, before.arrival));
            frames.add(new InFlight(before.frame, newest.arrival));
        }
    }

    /** Loses the newest frames that are still on their way, some or all. */
    void loseSuffix(Dice dice) {
        int lost = dice.below(frames.size() + 1);
        for (int i = 0; i < lost; i++) {
            frames.removeLast();
        }
    }

    private void move() {
        if (!moving && !frames.isEmpty()) {
            moving = true;
            agenda.at(frames.element().arrival, () -> link.pass(this::arrive));
        }
    }

    private void arrive() {
        moving = false;
        InFlight next = frames.poll();
        if (next != null) {
            receiver.accept(next.frame);
        }
        move();
    }
}
