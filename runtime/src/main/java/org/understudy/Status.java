package org.understudy;

import java.util.List;
import java.util.Optional;

/**
 * All there is to know about a site and its view of the group, at one moment.
 *
 * @param local this site
 * @param sites every member of the group, this site included, by site id; empty without a local site
 * @param log this site's log
 * @param commits what was committed at this site since it was opened
 * @param elections the elections since this environment was opened
 * @param transfer how this site's synchronisation stands
 * @param connections this site's connections
 * @param messages what its protocol has said and heard
 * @param records the records it has exchanged with others
 * @param lease where it stands with leases
 * @param channels what its application has sent and received over channels
 * @param forwarding the writes it has forwarded, or taken from others as master
 * @param prepared the branches of distributed transactions that wait for a decision
 * @param process which process has the home, and whether this environment goes through it
 */
public record Status(
        LocalStatus local,
        List<SiteStatus> sites,
        LogStatus log,
        CommitStatus commits,
        ElectionStatus elections,
        TransferStatus transfer,
        ConnectionStatus connections,
        MessageStatus messages,
        RecordStatus records,
        LeaseStatus lease,
        ChannelStatus channels,
        ForwardingStatus forwarding,
        PreparedStatus prepared,
        ProcessStatus process) {

    public Status {
        sites = List.copyOf(sites);
    }

    /** How many members vote and acknowledge, this site included: Berkeley DB's participants. */
    public int participants() {
        return (int) sites.stream()
                .filter(site -> site.state() == SiteState.PRESENT && !site.view())
                .count();
    }

    /** How many members are views. */
    public int views() {
        return (int) sites.stream().filter(SiteStatus::view).count();
    }

    /** The same, with another account of the processes. */
    public Status with(ProcessStatus other) {
        return new Status(
                local,
                sites,
                log,
                commits,
                elections,
                transfer,
                connections,
                messages,
                records,
                lease,
                channels,
                forwarding,
                prepared,
                other);
    }

    /** What is known of one member. */
    public Optional<SiteStatus> site(String name) {
        return sites.stream().filter(site -> site.name().equals(name)).findFirst();
    }
}
