package org.understudy.simulation;

import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** One site's end of a connection: two ordered pipes leave from it, one for bulk, and two arrive. */
final class End {
    private static final long SOONEST_REPLAY_MICROS = 1_000;
    private static final long LATEST_REPLAY_MICROS = 10_000_000;

    private final Mischief mischief;
    private final SiteProcess owner;
    private final Peer peer;
    private final boolean dialled;
    private Pipe main;
    private Pipe bulk;
    private End other;
    private boolean open;

    /**
     * One end.
     *
     * @param owner the process it belongs to
     * @param peer the site at the other end
     * @param dialled whether this end called the other
     */
    End(SiteProcess owner, Peer peer, boolean dialled) {
        this.mischief = owner.site().world().network().mischief();
        this.owner = owner;
        this.peer = peer;
        this.dialled = dialled;
    }

    /** Ties two ends together. */
    static void join(Network network, End one, End other) {
        one.main = network.pipe(one, other, other::arrives);
        one.bulk = network.pipe(one, other, other::arrives);
        other.main = network.pipe(other, one, one::arrives);
        other.bulk = network.pipe(other, one, one::arrives);
        one.other = other;
        other.other = one;
    }

    SiteProcess owner() {
        return owner;
    }

    Peer peer() {
        return peer;
    }

    boolean isDialled() {
        return dialled;
    }

    boolean isOpen() {
        return open;
    }

    /** This end takes part from now on. */
    void open() {
        open = true;
    }

    /** Greets the end that called. */
    void greet() {
        main.put(new Frame.Opened(owner.groupId()));
    }

    /** Sends a message. */
    void send(Message message) {
        Frame frame = Frame.of(message);
        (message.isBulk() ? bulk : main).put(frame);
        if (mischief.happens(FaultKind.REPLAYED_FRAME)) {
            long later = mischief.dice().magnitude(SOONEST_REPLAY_MICROS, LATEST_REPLAY_MICROS);
            owner.after(later, () -> owner.sessions()
                    .find(peer)
                    .filter(end -> end.reaches(other.owner))
                    .ifPresent(end -> end.replay(frame)));
        }
    }

    /** Sends an old frame once more, as a broken transport might. */
    void replay(Frame frame) {
        if (open) {
            main.put(frame);
        }
    }

    /** Whether this very process is at the other end. */
    boolean reaches(SiteProcess process) {
        return other.owner == process;
    }

    /** Closes this end in order: what was sent before arrives, then the other end learns why. */
    void close(String reason) {
        open = false;
        main.put(new Frame.Closed(reason));
    }

    /** Closes this end, losing what is on its way in both directions from some frame on. */
    End reset(Dice dice) {
        for (Pipe pipe : new Pipe[] {main, bulk, other.main, other.bulk}) {
            pipe.loseSuffix(dice);
        }
        main.put(new Frame.Closed("connection reset"));
        other.main.put(new Frame.Closed("connection reset"));
        return this;
    }

    /** Breaks the connection for bulk alone. */
    End breakBulk(Dice dice) {
        for (Pipe pipe : new Pipe[] {bulk, other.bulk}) {
            pipe.loseSuffix(dice);
            pipe.put(new Frame.BulkBroken());
        }
        return this;
    }

    /** The process is gone: some of what it sent is lost, and its machine says good-bye. */
    void die(Dice dice, String reason) {
        vanish(dice);
        main.put(new Frame.Closed(reason));
    }

    /** The machine is gone, and nobody says good-bye. */
    void vanish(Dice dice) {
        open = false;
        main.loseSuffix(dice);
        bulk.loseSuffix(dice);
    }

    private void arrives(Frame frame) {
        owner.site().arrives(owner, () -> take(frame), () -> refuse(frame));
    }

    private void take(Frame frame) {
        if (frame instanceof Frame.Opened opened) {
            owner.sessions().answered(this, opened.groupId());
        } else if (!open) {
            refuse(frame);
        } else if (frame instanceof Frame.Closed closed) {
            open = false;
            owner.sessions().lost(this, closed.reason());
        } else if (frame instanceof Frame.BulkBroken) {
            owner.bulkLost(peer);
        } else if (frame instanceof Frame.Carried carried) {
            owner.received(this, Wire.decode(carried.bytes()));
        }
    }

    /** What comes for a closed end is answered by the machine. */
    private void refuse(Frame frame) {
        if (!(frame instanceof Frame.Closed)) {
            main.put(new Frame.Closed("reset by " + owner.site().name()));
        }
    }
}
