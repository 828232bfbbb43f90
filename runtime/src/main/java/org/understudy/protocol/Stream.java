package org.understudy.protocol;

/** The master's side of one site's stream: what was sent on it and what came back. */
final class Stream {
    final Peer peer;
    final long number;

    /** The master's last LSN when the stream began; what it lacked then was shipped from the log. */
    final long begunAtLsn;

    /** What this incarnation acknowledged on earlier streams of the same mastership: it counts no more, but must be there. */
    final long ackedBeforeLsn;

    long ackedLsn;
    boolean live = true;
    long lostAtMicros;

    Stream(Peer peer, long number, long begunAtLsn, long ackedBeforeLsn) {
        this.peer = peer;
        this.number = number;
        this.begunAtLsn = begunAtLsn;
        this.ackedBeforeLsn = ackedBeforeLsn;
    }
}
