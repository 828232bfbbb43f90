package org.understudy.protocol;

/** The master's side of one site's stream: what was sent on it and what came back. */
final class Stream {
    final Peer peer;
    final long number;

    /** The master's last LSN when the stream began; what it lacked then was shipped from the log. */
    final long begunAtLsn;

    /** What this incarnation acknowledged on earlier streams of the same mastership: it counts no more, but must be there. */
    final long ackedBeforeLsn;

    /** Whether the site stands for election; one that waits to be made a view doesn't, whatever its entry says. */
    final boolean stands;

    long ackedLsn;
    boolean live = true;
    long lostAtMicros;

    Stream(Peer peer, long number, long begunAtLsn, long ackedBeforeLsn, boolean stands) {
        this.peer = peer;
        this.number = number;
        this.begunAtLsn = begunAtLsn;
        this.ackedBeforeLsn = ackedBeforeLsn;
        this.stands = stands;
    }
}
