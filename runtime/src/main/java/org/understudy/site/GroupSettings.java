package org.understudy.site;

import java.time.Duration;
import org.understudy.EnvironmentConfig;
import org.understudy.log.GroupTerms;
import org.understudy.log.MemberTable;
import org.understudy.net.TransportOptions;
import org.understudy.net.WireLimits;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.ReplicaTimes;
import org.understudy.protocol.SyncSettings;

/** What a configuration means for the protocol and for the transport. */
final class GroupSettings {
    /** What one piece of a catch-up carries. */
    private static final int RANGE_BYTES = 2 << 20;

    private GroupSettings() {}

    static ReplicaSettings replica(EnvironmentConfig config) {
        // A record travels in one frame.
        long maxRecordBytes = Math.min(config.maxRecordBytes(), WireLimits.MAX_PAYLOAD_BYTES);
        return new ReplicaSettings(
                config.name(),
                config.localSite().orElseThrow(),
                config.priority(),
                config.view(),
                config.elections(),
                terms(config, maxRecordBytes),
                times(config),
                sync(config),
                config.forwardWrites());
    }

    private static GroupTerms terms(EnvironmentConfig config, long maxRecordBytes) {
        return GroupTerms.of(config.durability(), maxRecordBytes)
                .withTwoSiteStrict(config.twoSiteStrict())
                .withPreferredMaster(config.preferredMaster().orElse(""))
                .withLeases(micros(config.lease()), config.clockDriftPpm());
    }

    /** The table this site begins its group with, if all sites begin it alike. */
    static MemberTable founding(EnvironmentConfig config) {
        return config.legacySites().isEmpty()
                ? MemberTable.NONE
                : MemberTable.founding(config.group(), config.legacySites());
    }

    private static SyncSettings sync(EnvironmentConfig config) {
        return new SyncSettings(
                config.sendBufferBytes(),
                RANGE_BYTES,
                config.delayClientSync(),
                config.autoInit(),
                config.autoRollback(),
                config.rollbackLimit(),
                config.peers(),
                config.databaseFilter().isEmpty());
    }

    private static ReplicaTimes times(EnvironmentConfig config) {
        return new ReplicaTimes(
                micros(config.heartbeatSend()),
                micros(config.heartbeatMonitor()),
                micros(config.electionTimeout()),
                micros(config.fullElectionTimeout()),
                micros(config.electionRetry()),
                micros(config.connectionGrace()),
                micros(config.quorumLossTimeout()),
                micros(config.diskStallTimeout()),
                micros(config.takeoverGrace()));
    }

    /** The transport gives a site up later than the protocol does, which ends its stream first. */
    static TransportOptions transport(EnvironmentConfig config) {
        TransportOptions defaults = TransportOptions.defaults();
        return defaults.withConnectionRetry(config.connectionRetry(), config.connectionRetryMax())
                .withBuffers(
                        Math.max(2 * config.sendBufferBytes(), defaults.sendBufferBytes()), defaults.bulkWindowBytes())
                .withMessageQueue(config.messageQueueBytes());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
