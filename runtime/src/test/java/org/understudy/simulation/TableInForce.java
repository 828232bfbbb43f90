package org.understudy.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.understudy.Standing;
import org.understudy.log.MemberTable;

/** The newest member table in a site's log is the one it goes by, also behind an undo (protocol.md §6). */
final class TableInForce implements Observer {
    private final Set<String> cut = new HashSet<>();

    @Override
    public void cut(SimulatedSite site, Standing kept) {
        cut.add(site.name());
    }

    @Override
    public void stepped(SimulatedSite site) {
        boolean due = !cut.isEmpty()
                && cut.contains(site.name())
                && site.process().filter(SiteProcess::isSettled).isPresent();
        if (due) {
            cut.remove(site.name());
            check(site);
        }
    }

    @Override
    public void swept(List<SimulatedSite> sites) {
        sites.forEach(TableInForce::check);
    }

    private static void check(SimulatedSite site) {
        site.process().filter(SiteProcess::isSettled).ifPresent(process -> {
            MemberTable believed = process.view().members();
            if (!believed.equals(site.tip().members())) {
                throw new Violation(
                        "the latest member table in the log is in force (§6)",
                        site + " goes by " + believed + "; its log says "
                                + site.tip().members());
            }
        });
    }
}
