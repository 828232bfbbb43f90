package org.understudy.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.Member;

/**
 * Knows every record that was ever written, where each site's log ends, and what is permanent. It keeps invariant 2 of
 * protocol.md §13 by what it accepts: equal generation and LSN mean equal records, and equal histories before.
 */
final class Ledger implements Observer {
    private static final String EQUAL_RECORDS = "equal (generation, LSN) mean equal records and histories (§13.2)";

    private final Map<Standing, Node> nodes = new HashMap<>();
    private final List<Node> permanent = new ArrayList<>(List.of(Node.ROOT));
    private final Map<UUID, List<Node>> lost = new HashMap<>();
    private final Set<Node> givenUp = new HashSet<>();
    private final List<SimulatedSite> sites;

    Ledger(List<SimulatedSite> sites) {
        this.sites = sites;
        nodes.put(Standing.ZERO, Node.ROOT);
    }

    /** The record at a standing. */
    Node at(Standing standing) {
        Node node = nodes.get(standing);
        if (node == null) {
            throw new Violation(EQUAL_RECORDS, "nobody ever wrote a record " + standing);
        }
        return node;
    }

    /** Whether this record was ever written. */
    boolean knows(Standing standing) {
        return nodes.containsKey(standing);
    }

    /** The last record that any master called permanent. */
    Node lastPermanent() {
        return permanent.get(permanent.size() - 1);
    }

    /** Whether a site stores this record, or did until its disk lost it. */
    boolean stores(Member voter, Node node) {
        return lost.getOrDefault(voter.incarnation(), List.of()).stream().anyMatch(end -> end.holds(node))
                || sites.stream()
                        .anyMatch(site ->
                                site.is(voter.incarnation()) && site.stored().holds(node));
    }

    /** Whether a site knows a later generation: what it stored for this one, it may have undone. */
    boolean hasMovedOn(Member voter, long generation) {
        return sites.stream()
                .anyMatch(site ->
                        site.is(voter.incarnation()) && site.disk().ballot().highestGeneration() > generation);
    }

    /** Whether a site may still acknowledge what is written in this generation: it is there and has promised no later one. */
    boolean mayFollow(Member voter, long generation) {
        return sites.stream()
                .anyMatch(site ->
                        site.is(voter.incarnation()) && site.disk().ballot().highestGeneration() <= generation);
    }

    /** Whether this record is one that was called permanent, itself or by one after it. */
    boolean isPermanent(Node node) {
        return node.lsn() < permanent.size() && permanent.get((int) node.lsn()) == node;
    }

    /** Whether this record was called permanent, and a site became master without it and said so. */
    boolean isGivenUp(Node node) {
        return givenUp.contains(node);
    }

    /** The commits that were permanent and were given up. */
    Set<Long> lostCommits() {
        return givenUp.stream().map(Node::serial).filter(serial -> serial != 0).collect(Collectors.toSet());
    }

    /** The record called permanent at an LSN; none when it is not known yet. */
    Optional<Node> permanentAt(long lsn) {
        return lsn < permanent.size() ? Optional.of(permanent.get((int) lsn)) : Optional.empty();
    }

    /** A site calls this record permanent, and it continues what was permanent before. */
    void extendPermanent(Node end) {
        List<Node> added = new ArrayList<>();
        for (Node node = end;
                node.lsn() >= permanent.size();
                node = node.parent().orElseThrow()) {
            added.add(node);
        }
        for (int i = added.size() - 1; i >= 0; i--) {
            permanent.add(added.get(i));
        }
    }

    @Override
    public void lossAdmitted(SimulatedSite site) {
        while (!site.tip().holds(lastPermanent())) {
            givenUp.add(permanent.remove(permanent.size() - 1));
        }
    }

    @Override
    public void started(SimulatedSite site) {
        Node end = at(site.disk().log().last());
        if (site.mayHaveLost()) {
            lose(site.disk().ballot().incarnation(), site.stored());
        } else if (!end.holds(site.stored()) && !site.disk().finishedEarlier()) {
            throw new Violation(
                    "what was stored survives the crash (§2.1)",
                    site + " had stored " + site.stored() + " and finds " + end);
        }
        site.note(end, end);
    }

    private void lose(UUID incarnation, Node end) {
        lost.computeIfAbsent(incarnation, missing -> new ArrayList<>()).add(end);
    }

    @Override
    public void wiped(SimulatedSite site) {
        site.incarnation().ifPresent(gone -> lose(gone, site.stored()));
        site.note(Node.ROOT, Node.ROOT);
    }

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        Node known = nodes.get(record.standing());
        if (known != null && record.lsn() == 1 && known.content() == Node.contentOf(record)) {
            site.note(known, site.stored()); // all sites of a group may begin it alike (§6)
            return;
        }
        Node node = new Node(site.tip(), record);
        if (known != null && isHeld(known)) {
            throw new Violation(
                    EQUAL_RECORDS, site + " writes " + record + ", which was written before with other content");
        }
        if (record.lsn() != site.tip().lsn() + 1) {
            throw new Violation("LSNs have no hole (§1)", site + " writes " + record + " behind " + site.tip());
        }
        nodes.put(record.standing(), node);
        site.note(node, site.stored());
    }

    /** Whether any disk has this record: what was lost before anybody saw it may be written anew. */
    private boolean isHeld(Node node) {
        return sites.stream()
                .anyMatch(site -> site.tip().holds(node) || site.stored().holds(node));
    }

    @Override
    public void accepted(SimulatedSite site, LogRecord record) {
        Node node = at(record.standing());
        boolean same = node.content() == Node.contentOf(record)
                && node.parent().filter(site.tip()::equals).isPresent();
        if (!same) {
            throw new Violation(
                    EQUAL_RECORDS,
                    site + " takes " + record + " behind " + site.tip() + "; it was written as " + node + " behind "
                            + node.parent());
        }
        site.note(node, site.stored());
    }

    @Override
    public void stored(SimulatedSite site, long lsn) {
        if (lsn > site.stored().lsn() && lsn <= site.tip().lsn()) {
            site.note(site.tip(), site.tip().at(lsn));
        }
    }

    @Override
    public void cut(SimulatedSite site, Standing kept) {
        Node end = at(kept);
        if (!site.tip().holds(end)) {
            throw new Violation(EQUAL_RECORDS, site + " cuts behind " + end + ", which its log does not hold");
        }
        site.note(end, end);
    }

    @Override
    public void installed(SimulatedSite site, Standing standing) {
        Node end = at(standing);
        site.note(end, end);
    }
}
