package org.understudy.protocol;

import java.util.HashSet;
import java.util.Set;

/** Whom this canvasser has nominated in vain and leaves out from now on, until a master was known (protocol.md §4.2). */
final class Nominations {
    private final ReplicaContext context;

    /** Nominees that sent no vote request in time; this site too, when it could win neither with what it lacks nor without. */
    private final Set<String> hopeless = new HashSet<>();

    /** Members from which what this site lacks could not be fetched. */
    private final Set<String> exhausted = new HashSet<>();

    private String nominee = "";

    /** Whether this site stood and did not win, since a master was known. */
    private boolean stoodInVain;

    Nominations(ReplicaContext context) {
        this.context = context;
    }

    /** Tells a site to stand, and which member's records to fetch first. */
    void nominate(String site, long generation, String source, boolean lastResort) {
        nominee = site;
        context.peers
                .connected(site)
                .ifPresent(peer -> context.send(peer, new Message.Nominate(generation, source, lastResort)));
    }

    void heardFrom(Peer site) {
        if (nominee.equals(site.name())) {
            nominee = "";
        }
    }

    /** The nominee had its time. */
    void timedOut() {
        if (!nominee.isEmpty()) {
            hopeless.add(nominee);
        }
    }

    /** This site stood and did not win. */
    void lost() {
        stoodInVain = true;
        if (!exhausted.isEmpty()) {
            hopeless.add(context.settings.localSite());
        }
    }

    /**
     * Whether this site asks for itself before it stands when others nominate it: by another table than its own they see
     * enough votes where it finds too few, and none that may be asked for in a last resort (§2.3).
     */
    boolean haveMisled() {
        return stoodInVain;
    }

    boolean isLeftOut(String site) {
        return context.rules.leavesOutTheHopeless() && hopeless.contains(site);
    }

    /** This member could not be fetched from. */
    void exhaust(String source) {
        exhausted.add(source);
    }

    Set<String> exhausted() {
        return exhausted;
    }

    void forget() {
        hopeless.clear();
        exhausted.clear();
        stoodInVain = false;
    }
}
