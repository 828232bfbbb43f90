package org.understudy.protocol;

import org.understudy.Durability;

/**
 * What a {@link Replica} is told about its site once and for all. All times in microseconds.
 *
 * @param environment the environment's name, for events and messages
 * @param localSite this site's exact {@code host:port}
 * @param priority 0 for a site that never becomes master
 * @param view whether this site is a read-only copy that never counts
 * @param durability what a group created here asks of every site
 * @param maxRecordBytes the largest record of a group created here
 * @param sendBufferBytes how much may be on its way to a streaming site before it must catch up instead
 * @param rangeBytes the size of one piece of a catch-up
 */
public record ReplicaSettings(
        String environment,
        String localSite,
        int priority,
        boolean view,
        Durability durability,
        long maxRecordBytes,
        long heartbeatSendMicros,
        long heartbeatMonitorMicros,
        long electionTimeoutMicros,
        long electionRetryMicros,
        long connectionGraceMicros,
        long quorumLossTimeoutMicros,
        long sendBufferBytes,
        int rangeBytes) {}
