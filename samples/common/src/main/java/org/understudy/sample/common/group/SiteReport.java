package org.understudy.sample.common.group;

import java.util.Optional;
import org.understudy.LocalStatus;
import org.understudy.Role;
import org.understudy.SyncPhase;

/**
 * What a site says about itself: its {@code api/status}.
 *
 * @param number what people call it
 * @param site its name in the group
 * @param server what runs it
 * @param process the id of its process
 * @param role what it is
 * @param phase how far it is in synchronising
 * @param generation the highest generation it has seen
 * @param master whom it takes for the master
 * @param lsn the LSN of its last record
 * @param permanentLsn its permanent LSN
 * @param lag how many records of the master are not applied there
 * @param ready whether it is of use to its application
 * @param reason why it is not
 */
public record SiteReport(
        int number,
        String site,
        String server,
        long process,
        Role role,
        SyncPhase phase,
        long generation,
        Optional<String> master,
        long lsn,
        long permanentLsn,
        long lag,
        boolean ready,
        Optional<String> reason) {

    static SiteReport of(Neighbour site, String server, LocalStatus status) {
        return new SiteReport(
                site.number(),
                site.site(),
                server,
                ProcessHandle.current().pid(),
                status.role(),
                status.phase(),
                status.generation(),
                status.master(),
                status.standing().lsn(),
                status.permanentLsn(),
                status.lagRecords(),
                status.ready(),
                status.reason());
    }
}
