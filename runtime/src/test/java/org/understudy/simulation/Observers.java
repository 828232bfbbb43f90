package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.Standing;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.Ballot;
import org.understudy.log.LogRecord;
import org.understudy.protocol.AckProgress;
import org.understudy.protocol.Command;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** Many observers as one; each is told in the order they were added. */
final class Observers implements Observer {
    private final List<Observer> all = new ArrayList<>();

    void add(Observer observer) {
        all.add(observer);
    }

    private void each(Consumer<Observer> tell) {
        for (int i = 0; i < all.size(); i++) {
            tell.accept(all.get(i));
        }
    }

    @Override
    public void started(SimulatedSite site) {
        each(observer -> observer.started(site));
    }

    @Override
    public void ended(SimulatedSite site) {
        each(observer -> observer.ended(site));
    }

    @Override
    public void wiped(SimulatedSite site) {
        each(observer -> observer.wiped(site));
    }

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        each(observer -> observer.written(site, record));
    }

    @Override
    public void accepted(SimulatedSite site, LogRecord record) {
        each(observer -> observer.accepted(site, record));
    }

    @Override
    public void stored(SimulatedSite site, long lsn) {
        each(observer -> observer.stored(site, lsn));
    }

    @Override
    public void cut(SimulatedSite site, Standing kept) {
        each(observer -> observer.cut(site, kept));
    }

    @Override
    public void installed(SimulatedSite site, Standing standing) {
        each(observer -> observer.installed(site, standing));
    }

    @Override
    public void ballotSaved(SimulatedSite site, Ballot before, Ballot after) {
        each(observer -> observer.ballotSaved(site, before, after));
    }

    @Override
    public void sent(SimulatedSite site, Peer to, Message message) {
        each(observer -> observer.sent(site, to, message));
    }

    @Override
    public void permanent(SimulatedSite site, long lsn) {
        each(observer -> observer.permanent(site, lsn));
    }

    @Override
    public void counted(SimulatedSite site, AckProgress progress) {
        each(observer -> observer.counted(site, progress));
    }

    @Override
    public void fired(SimulatedSite site, ReplicationEvent event) {
        each(observer -> observer.fired(site, event));
    }

    @Override
    public void lossAdmitted(SimulatedSite site) {
        each(observer -> observer.lossAdmitted(site));
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        each(observer -> observer.answered(site, operation));
    }

    @Override
    public void forwarded(SimulatedSite site, Operation operation) {
        each(observer -> observer.forwarded(site, operation));
    }

    @Override
    public void read(SimulatedSite site, ReadOperation read) {
        each(observer -> observer.read(site, read));
    }

    @Override
    public void ordered(SimulatedSite site, Command command) {
        each(observer -> observer.ordered(site, command));
    }

    @Override
    public void stepped(SimulatedSite site) {
        each(observer -> observer.stepped(site));
    }

    @Override
    public void swept(List<SimulatedSite> sites) {
        each(observer -> observer.swept(sites));
    }

    @Override
    public void ended(List<SimulatedSite> sites, Optional<Node> end) {
        each(observer -> observer.ended(sites, end));
    }
}
