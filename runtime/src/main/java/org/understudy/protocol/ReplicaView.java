package org.understudy.protocol;

import java.util.List;
import java.util.Optional;
import org.understudy.ElectionStatus;
import org.understudy.ForwardingStatus;
import org.understudy.LeaseStatus;
import org.understudy.MessageStatus;
import org.understudy.RecordStatus;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.log.GenerationHistory;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;

/**
 * An immutable picture of a {@link Replica} for status pages, health probes and invariants.
 *
 * @param startupDone whether this site has caught up once in the current generation, or is master
 * @param masterMajorityAgeMicros how old the master's contact with a majority is, as far as known here
 * @param barred why this site may neither vote nor acknowledge; empty when it may
 * @param unready why this site should get no requests; empty when it is ready
 * @param hold what it waits for its application to allow
 * @param lease where it stands with leases
 * @param removed whether the group has removed this site, and it was not started since
 */
public record ReplicaView(
        Role role,
        SyncPhase phase,
        long generation,
        Optional<String> master,
        Standing last,
        long storedLsn,
        long permanentLsn,
        long masterLsn,
        boolean startupDone,
        boolean everStarted,
        long masterMajorityAgeMicros,
        MemberTable members,
        GenerationHistory history,
        List<PeerView> peers,
        Optional<String> barred,
        Optional<String> unready,
        ElectionStatus elections,
        MessageStatus messages,
        RecordStatus records,
        long permFailed,
        Hold hold,
        LeaseStatus lease,
        ForwardingStatus forwarding,
        boolean removed) {

    /**
     * Another site as seen from here.
     *
     * @param member its entry in the table, if it has one
     * @param lastHeardMicrosAgo since any byte of it arrived; -1 when never
     * @param fallingBehind whether the log that is kept for it is about to be given up
     */
    public record PeerView(
            String name,
            Optional<Member> member,
            boolean connected,
            boolean streaming,
            long ackedLsn,
            Standing last,
            long permanentLsn,
            SyncPhase phase,
            long lastHeardMicrosAgo,
            boolean fallingBehind) {}
}
