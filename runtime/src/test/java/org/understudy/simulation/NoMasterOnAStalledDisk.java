package org.understudy.simulation;

import org.understudy.Role;

/** A site that knows that its disk stands still is no master (protocol.md §4.3). */
final class NoMasterOnAStalledDisk implements Observer {

    @Override
    public void stepped(SimulatedSite site) {
        boolean leads = site.process()
                .filter(process ->
                        process.knowsOfStalledDisk() && process.view().role() == Role.MASTER)
                .isPresent();
        if (leads) {
            throw new Violation("a master whose disk stands still gives mastership up (§4.3)", site + " is master");
        }
    }
}
