package org.understudy.simulation;

import java.util.Map;
import java.util.TreeMap;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/**
 * The most spiteful of broken transports: it keeps the highest acknowledgement a site ever sent to another, and plays it
 * again when that one has just become master anew.
 */
final class AckHoarder implements Observer {
    private static final long SOONEST_MICROS = 1_000;
    private static final long LATEST_MICROS = 1_000_000;
    private static final int TIMES = 3;

    private final World world;
    private final Dice dice;
    private final Map<String, Hoarded> hoard = new TreeMap<>();

    /** An acknowledgement, and between which two processes it was sent. */
    private record Hoarded(Message.Ack ack, SiteProcess from, Peer to, SiteProcess receiver) {}

    AckHoarder(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
    }

    @Override
    public void sent(SimulatedSite site, Peer to, Message message) {
        if (message instanceof Message.Ack ack && world.network().mischief().allows(FaultKind.HOARDED_ACK)) {
            SiteProcess receiver = world.site(to.name()).process().orElse(null);
            Hoarded next = new Hoarded(ack, site.process().orElseThrow(), to, receiver);
            hoard.merge(site.name() + ">" + to.name(), next, AckHoarder::better);
        }
    }

    private static Hoarded better(Hoarded old, Hoarded next) {
        boolean same = old.from == next.from && old.receiver == next.receiver;
        return same && old.ack.lsn() > next.ack.lsn() ? old : next;
    }

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        if (record.kind() == RecordKind.GENERATION) {
            hoard.values().stream()
                    .filter(old -> old.to.name().equals(site.name()))
                    .forEach(this::replay);
        }
    }

    private void replay(Hoarded old) {
        for (int i = 0; i < TIMES; i++) {
            old.from.after(dice.magnitude(SOONEST_MICROS, LATEST_MICROS), () -> old.from
                    .sessions()
                    .find(old.to)
                    .filter(end -> end.reaches(old.receiver))
                    .filter(end -> world.network().mischief().happens(FaultKind.HOARDED_ACK))
                    .ifPresent(end -> end.replay(Frame.of(old.ack))));
        }
    }
}
