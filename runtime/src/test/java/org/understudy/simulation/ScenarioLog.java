package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import org.understudy.event.ConnectionBroken;
import org.understudy.event.ConnectionEstablished;
import org.understudy.event.ConnectionTryFailed;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.SyncProgress;
import org.understudy.log.Member;
import org.understudy.protocol.ReplicaView;

/** Writes down what there is to see of a scenario: the events, those of connections only if asked for. */
final class ScenarioLog implements Observer {
    private final List<String> lines = new ArrayList<>();
    private boolean tellsConnections;

    /** From now on the comings and goings of connections are told too. */
    void tellConnections() {
        tellsConnections = true;
    }

    void add(String line) {
        lines.add(line);
    }

    /** What was written since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void fired(SimulatedSite site, ReplicationEvent event) {
        boolean ofConnections = event instanceof ConnectionEstablished
                || event instanceof ConnectionBroken
                || event instanceof ConnectionTryFailed;
        boolean dull = event instanceof SyncProgress || ofConnections && !tellsConnections;
        if (!dull) {
            add(site + " " + Words.of(event));
        }
    }

    /** One site in one line. */
    static String status(SimulatedSite site) {
        return site.process()
                .map(process -> site + " " + status(process.view()))
                .orElse(site + (site.isRemoved() ? " is removed" : " is down"));
    }

    private static String status(ReplicaView view) {
        List<String> members =
                view.members().members().stream().map(ScenarioLog::entry).toList();
        return view.role() + " " + view.phase() + " generation " + view.generation() + " master "
                + view.master().orElse("none") + " last " + view.last() + " permanent " + view.permanentLsn()
                + " members " + members;
    }

    private static String entry(Member member) {
        return member.name()
                + (member.isVoting() ? "" : member.view() ? " (view)" : " (joining)")
                + (member.priority() == 100 || member.view() ? "" : " (priority " + member.priority() + ")");
    }
}
