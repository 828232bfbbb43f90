package org.understudy.simulation;

import java.util.HashMap;
import java.util.Map;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.event.Elected;
import org.understudy.event.NewMaster;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.StartupDone;

/** Events come in their order: {@code NewMaster} once per generation, then {@code StartupDone} once at most (§12). */
final class EventsInOrder implements Observer {
    private static final String NAME = "events come once per generation and in order";

    private final Map<String, Seen> bySite = new HashMap<>();

    private static final class Seen {
        private long sequence;
        private long newMaster;
        private long startupDone;
        private long elected;
        private long master;
        private boolean isClient;
    }

    @Override
    public void started(SimulatedSite site) {
        bySite.put(site.name(), new Seen());
    }

    @Override
    public void fired(SimulatedSite site, ReplicationEvent event) {
        Seen seen = bySite.get(site.name());
        require(event.origin().sequence() == ++seen.sequence, site, event, "sequence " + seen.sequence);
        if (event instanceof NewMaster master) {
            require(master.generation() > seen.newMaster, site, event, "after NewMaster " + seen.newMaster);
            seen.newMaster = master.generation();
        } else if (event instanceof StartupDone done) {
            require(done.generation() > seen.startupDone, site, event, "after StartupDone " + seen.startupDone);
            require(done.generation() == seen.newMaster, site, event, "after NewMaster " + seen.newMaster);
            seen.startupDone = done.generation();
        } else if (event instanceof Elected elected) {
            require(elected.generation() > seen.elected, site, event, "after Elected " + seen.elected);
            seen.elected = elected.generation();
        } else if (event instanceof BecameMaster master) {
            require(master.generation() > seen.master, site, event, "after BecameMaster " + seen.master);
            seen.master = master.generation();
            seen.isClient = false;
        } else if (event instanceof BecameClient) {
            require(!seen.isClient, site, event, "though it was a client");
            seen.isClient = true;
        }
    }

    private static void require(boolean holds, SimulatedSite site, ReplicationEvent event, String why) {
        if (!holds) {
            throw new Violation(NAME, site + " fires " + event + " " + why);
        }
    }
}
