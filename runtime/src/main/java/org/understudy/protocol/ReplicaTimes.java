package org.understudy.protocol;

/**
 * The times a {@link Replica} goes by, in microseconds.
 *
 * @param heartbeatSendMicros without traffic for so long, a site sends a heartbeat
 * @param heartbeatMonitorMicros without traffic for so long, a connection is given up
 * @param electionTimeoutMicros how long a canvass waits for members that do not answer
 * @param fullElectionTimeoutMicros the same, where nobody asked has known a master since its own start; 0 for
 *     no difference
 * @param electionRetryMicros how long after a failed election the next begins, give or take a half
 * @param connectionGraceMicros for so long a lost site still counts as connected
 * @param quorumLossTimeoutMicros without a majority for so long, a master steps down
 * @param diskStallTimeoutMicros with a write or force unfinished for so long, a master steps down
 * @param takeoverGraceMicros so long the others leave a lost master's site whose other processes can take it over
 */
public record ReplicaTimes(
        long heartbeatSendMicros,
        long heartbeatMonitorMicros,
        long electionTimeoutMicros,
        long fullElectionTimeoutMicros,
        long electionRetryMicros,
        long connectionGraceMicros,
        long quorumLossTimeoutMicros,
        long diskStallTimeoutMicros,
        long takeoverGraceMicros) {}
