package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** What the transport is in production: one connection to each wanted site, tried again and again. */
final class Sessions {
    private static final long FIRST_RETRY_MICROS = 50_000;
    private static final String REPLACED = "replaced by a new connection";
    private static final long LAST_RETRY_MICROS = 1_000_000;

    private final SiteProcess process;
    private final Network network;
    private final Dice dice;
    private final Map<String, End> ends = new TreeMap<>();
    private final Map<String, Attempt> attempts = new TreeMap<>();
    private final Map<String, Long> retries = new TreeMap<>();
    private final Set<String> due = new TreeSet<>();
    private Set<String> wanted = Set.of();

    Sessions(SiteProcess process, Network network, Dice dice) {
        this.process = process;
        this.network = network;
        this.dice = dice;
    }

    /** Holds connections to these sites from now on, and calls no other. */
    void keep(Set<String> sites) {
        wanted = new TreeSet<>(sites);
        for (End end : List.copyOf(ends.values())) {
            if (end.isDialled() && !wanted.contains(end.peer().name())) {
                drop(end.peer().name(), "no longer wanted");
            }
        }
        wanted.forEach(this::tryLater);
    }

    /** Calls a site at once. */
    void callNow(String site) {
        if (!ends.containsKey(site) && !attempts.containsKey(site)) {
            call(site);
        }
    }

    /** Sends a message if there is a connection to that very process's site. */
    void send(Peer to, Message message) {
        find(to).ifPresent(end -> end.send(message));
    }

    /** Closes the connection to a site, if there is one. */
    void close(Peer peer, String reason) {
        if (find(peer).isPresent()) {
            drop(peer.name(), reason);
        }
    }

    /** Whether there is a connection to this very site. */
    boolean reaches(Peer peer) {
        return find(peer).isPresent();
    }

    /** The connection to this very site, if there is one. */
    Optional<End> find(Peer peer) {
        return Optional.ofNullable(ends.get(peer.name()))
                .filter(end -> end.peer().equals(peer));
    }

    /** All ends that are open now. */
    List<End> open() {
        return new ArrayList<>(ends.values());
    }

    /** Whether a call by this site is taken: not when both call each other and this one's call has precedence. */
    boolean admits(Peer caller) {
        return !attempts.containsKey(caller.name())
                || caller.name().compareTo(process.site().name()) < 0;
    }

    /** A call was taken: it replaces any connection there was. */
    void accepted(End end, UUID groupId) {
        end.greet();
        up(end, groupId);
    }

    /** The greeting of a called site is here. */
    void answered(End end, UUID groupId) {
        String name = end.peer().name();
        Attempt attempt = attempts.get(name);
        if (attempt == null || !attempt.succeedsWith(end)) {
            end.close("called in vain");
            return;
        }
        attempts.remove(name);
        up(end, groupId);
    }

    private void up(End end, UUID groupId) {
        String name = end.peer().name();
        End replaced = ends.put(name, end);
        if (replaced != null) {
            replaced.close(REPLACED);
            gone(replaced, REPLACED);
        }
        retries.remove(name);
        end.open();
        process.take(new Input.Connected(end.peer(), groupId));
    }

    private void drop(String name, String reason) {
        End end = ends.get(name);
        end.close(reason);
        lost(end, reason);
    }

    /** A connection is gone. */
    void lost(End end, String reason) {
        String name = end.peer().name();
        if (ends.get(name) == end) {
            ends.remove(name);
            gone(end, reason);
            tryLater(name);
        }
    }

    private void gone(End end, String reason) {
        process.bulkLost(end.peer());
        process.take(new Input.Disconnected(end.peer(), reason));
    }

    /** A call failed. */
    void failed(Attempt attempt, String reason) {
        attempts.remove(attempt.target(), attempt);
        if (!ends.containsKey(attempt.target())) {
            process.take(new Input.ConnectFailed(attempt.target(), reason));
        }
        tryLater(attempt.target());
    }

    private void tryLater(String site) {
        if (wanted.contains(site) && !ends.containsKey(site) && !attempts.containsKey(site) && due.add(site)) {
            long wait = retries.merge(site, FIRST_RETRY_MICROS, (old, first) -> Math.min(old * 2, LAST_RETRY_MICROS));
            process.after(dice.between(wait / 2, wait), () -> {
                due.remove(site);
                if (wanted.contains(site)) {
                    callNow(site);
                }
            });
        }
    }

    private void call(String site) {
        Attempt attempt = new Attempt(process, site);
        attempts.put(site, attempt);
        network.dial(attempt);
    }
}
