package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Peer;

/** The wires between the sites, and how connections come about over them. */
final class Network {
    /** How long a site waits for an answer to its call. */
    static final long CONNECT_TIMEOUT_MICROS = 2_000_000;

    private final Agenda agenda;
    private final Dice dice;
    private final Pace pace;
    private final Mischief mischief;
    private final Map<String, SimulatedSite> sites = new TreeMap<>();
    private final Map<String, Map<String, Link>> links = new TreeMap<>();

    /**
     * How fast the wires are.
     *
     * @param latencyMicros what every frame takes
     * @param jitterMicros up to how much longer it may take
     */
    record Pace(long latencyMicros, long jitterMicros) {}

    Network(Agenda agenda, Dice dice, Pace pace, Mischief mischief) {
        this.agenda = agenda;
        this.dice = dice;
        this.pace = pace;
        this.mischief = mischief;
    }

    /** Wires a site to all others. */
    void add(SimulatedSite site) {
        for (String other : sites.keySet()) {
            lay(site.name(), other);
            lay(other, site.name());
        }
        sites.put(site.name(), site);
    }

    private void lay(String from, String to) {
        Dice own = dice.fork(from + ">" + to);
        Link link = new Link(agenda, own, from, to, pace.latencyMicros(), pace.jitterMicros());
        links.computeIfAbsent(from, name -> new TreeMap<>()).put(to, link);
    }

    Link link(String from, String to) {
        return links.get(from).get(to);
    }

    Mischief mischief() {
        return mischief;
    }

    /** All wires, in the order of their ends' names. */
    List<Link> links() {
        List<Link> all = new ArrayList<>();
        links.values().forEach(byTarget -> all.addAll(byTarget.values()));
        return all;
    }

    /** The wires at normal speed again, and all whole. */
    void repair() {
        mischief.stop();
        links().forEach(link -> {
            link.repair();
            link.pace(pace.latencyMicros(), pace.jitterMicros());
        });
    }

    Pipe pipe(End from, End to, Consumer<Frame> receiver) {
        return new Pipe(
                agenda, link(from.owner().site().name(), to.owner().site().name()), mischief, receiver);
    }

    /** Calls a site; the attempt learns how it went. */
    void dial(Attempt attempt) {
        SiteProcess caller = attempt.caller();
        caller.after(CONNECT_TIMEOUT_MICROS, () -> attempt.fail("no answer within " + CONNECT_TIMEOUT_MICROS + " us"));
        SimulatedSite target = sites.get(attempt.target());
        if (target == null) {
            fail(attempt, pace.latencyMicros(), "unknown host");
            return;
        }
        Link there = link(caller.site().name(), target.name());
        Link back = link(target.name(), caller.site().name());
        Hello hello = caller.hello(attempt.target());
        agenda.after(there.delay(), () -> {
            if (there.isCut() || back.isCut() || !target.isPowered()) {
                return;
            }
            Optional<SiteProcess> process = target.process();
            if (process.isEmpty()) {
                fail(attempt, back.delay(), "connection refused");
            } else {
                target.run(process.get(), () -> accept(process.get(), hello, attempt, back));
            }
        });
    }

    private void accept(SiteProcess target, Hello hello, Attempt attempt, Link back) {
        Optional<String> refusal = Hello.refusal(target.hello(""), hello);
        if (refusal.isPresent()) {
            fail(attempt, back.delay(), refusal.get());
            return;
        }
        Peer caller = new Peer(hello.site(), hello.incarnation());
        if (!target.sessions().admits(caller)) {
            fail(attempt, back.delay(), "both called each other");
            return;
        }
        End answering = new End(target, caller, false);
        End calling = new End(attempt.caller(), target.self(), true);
        End.join(this, answering, calling);
        attempt.offer(calling);
        target.sessions().accepted(answering, hello.groupId());
    }

    private void fail(Attempt attempt, long delay, String reason) {
        attempt.caller().after(delay, () -> attempt.fail(reason));
    }
}
