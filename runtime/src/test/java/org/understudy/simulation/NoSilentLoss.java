package org.understudy.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.RolledBack;

/**
 * No silent loss: a commit that a site has answered and undone is named by a {@code RolledBack} there, if that site lives
 * (protocol.md §13, invariant 5).
 */
final class NoSilentLoss implements Observer {
    private final Map<String, Set<Standing>> untold = new HashMap<>();
    private final Map<String, Set<Standing>> answered = new HashMap<>();

    @Override
    public void forwarded(SimulatedSite site, Operation operation) {
        answered(site, operation);
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        boolean stands = operation.outcome() == Operation.Outcome.DONE
                || operation.outcome() == Operation.Outcome.INSUFFICIENT_ACKS;
        if (stands) {
            of(answered, site).add(operation.token());
        }
    }

    @Override
    public void cut(SimulatedSite site, Standing kept) {
        Set<Standing> mine = of(answered, site);
        for (Node node = site.tip();
                node.lsn() > kept.lsn();
                node = node.parent().orElseThrow()) {
            if (mine.contains(node.standing())) {
                of(untold, site).add(node.standing());
            }
        }
    }

    @Override
    public void fired(SimulatedSite site, ReplicationEvent event) {
        if (event instanceof RolledBack undone) {
            Set<Standing> mine = of(untold, site);
            for (CommitToken token : undone.tokens()) {
                mine.remove(new Standing(token.generation(), token.lsn()));
            }
        }
    }

    @Override
    public void ended(SimulatedSite site) {
        untold.remove(site.name());
    }

    @Override
    public void ended(List<SimulatedSite> sites, Optional<Node> end) {
        untold.forEach((site, tokens) -> {
            if (!tokens.isEmpty()) {
                throw new Violation("no silent loss (§13.5)", site + " has undone and not named " + tokens);
            }
        });
    }

    private static Set<Standing> of(Map<String, Set<Standing>> bySite, SimulatedSite site) {
        return bySite.computeIfAbsent(site.name(), name -> new HashSet<>());
    }
}
