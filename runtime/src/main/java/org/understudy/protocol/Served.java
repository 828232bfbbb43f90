package org.understudy.protocol;

import java.util.Map;
import java.util.TreeMap;

/** The sites that have lately fetched records or a checkpoint here: how loaded this one is as a source (protocol.md §5). */
final class Served {
    private final ReplicaContext context;
    private final Map<String, Long> lastMicros = new TreeMap<>();

    Served(ReplicaContext context) {
        this.context = context;
    }

    void note(Peer to) {
        lastMicros.put(to.name(), context.now);
    }

    /** How many there were within the time after which a silent site is given up. */
    int count() {
        long since = context.now - context.settings.times().heartbeatMonitorMicros();
        lastMicros.values().removeIf(last -> last < since);
        return lastMicros.size();
    }
}
