package org.understudy.protocol;

import java.util.UUID;
import org.understudy.Standing;
import org.understudy.SyncPhase;

/** What this site knows of one other: its connection, when it was heard, and how it said it stands. */
final class PeerState {
    static final long NEVER = Long.MIN_VALUE / 2;

    final String name;

    /** The incarnation last connected; null before the first connection. */
    Peer peer;

    boolean connected;

    /** Its release knows forwarded writes. */
    boolean forwarding;

    /** An attempt to connect has failed since the connection was lost. */
    boolean unreachable;

    long lastReceivedMicros = NEVER;
    long lastHeartbeatSentMicros = NEVER;

    /** When the newest heartbeat of ours that it answered was sent. */
    long answeredHeartbeatMicros = NEVER;

    Standing last = Standing.ZERO;
    long permanentLsn;
    SyncPhase phase = SyncPhase.NONE;

    /** How many sites it said fetch from it. */
    int serving;

    /** It said as master that another process can take its site over. */
    boolean hasSubordinates;

    /** Nothing was heard of it for too long, so that its connection is being closed here. */
    boolean silent;

    PeerState(String name) {
        this.name = name;
    }

    /** It said that it is no source for others. */
    boolean isNoSource() {
        return serving == Message.Heartbeat.NO_SOURCE;
    }

    /** The same for this incarnation of the site: what another one answered counts for nothing. */
    long answeredMicros(UUID incarnation) {
        return peer != null && peer.incarnation().equals(incarnation) ? answeredHeartbeatMicros : NEVER;
    }
}
