package org.understudy.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.understudy.Role;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.protocol.Replica;

/** Carries out a scenario's commands in a calm world, with every promise watched, and tells what the sites did. */
final class ScenarioStage {
    private static final long SECOND = 1_000_000;
    private static final long LATENCY_MICROS = 1_000;

    private final World world;
    private final ScenarioLog log = new ScenarioLog();
    private final ScenarioSettings settings = new ScenarioSettings();
    private final ScenarioCommits commits;
    private final Takeovers takeovers;
    private final Map<String, Trap> traps = new TreeMap<>();

    /** {@code trap site Message [kill]}: its power fails, or its process dies, once it has sent such a message. */
    private record Trap(String message, boolean kills) {}

    private final Observer trapper = new Observer() {
        @Override
        public void sent(SimulatedSite site, Peer to, Message message) {
            Trap trap = traps.get(site.name());
            if (trap != null && message.getClass().getSimpleName().equals(trap.message())) {
                traps.remove(site.name());
                world.agenda().after(1, trap.kills() ? site::kill : site::cutPower);
            }
        }
    };

    ScenarioStage() {
        this(Replica::new);
    }

    /** A stage on which the sites have these cores. */
    ScenarioStage(Replicas replicas) {
        world = new World(new Dice(1), new Network.Pace(LATENCY_MICROS, 0), 0, replicas);
        commits = new ScenarioCommits(world, log);
        takeovers = new Takeovers(world, () -> true);
        Invariants.watch(world);
        world.observer().add(log);
        world.observer().add(commits);
        world.observer().add(trapper);
    }

    /** Does what one line says; returns what was to be seen, a line each. */
    List<String> perform(String line) {
        String[] words = line.split(" +");
        try {
            perform(words[0], Arrays.copyOfRange(words, 1, words.length));
        } catch (Violation e) {
            log.add("BROKEN " + e.getMessage());
        }
        return log.take();
    }

    private void perform(String verb, String[] rest) {
        switch (verb) {
            case "site" -> settings.set(rest[0], String.join(" ", Arrays.copyOfRange(rest, 1, rest.length)));
            case "group" -> form(rest);
            case "start" -> site(rest[0]).start();
            case "stop" -> process(rest[0]).application().stop();
            case "kill" -> site(rest[0]).kill();
            case "power" -> site(rest[0]).cutPower();
            case "trap" -> traps.put(rest[0], new Trap(rest[1], rest.length > 2));
            case "unwrite" -> site(rest[0]).unwrite(Integer.parseInt(rest[1]));
            case "wipe" -> site(rest[0]).wipe();
            case "pause" -> site(rest[0]).pause(ScenarioSettings.micros(rest[1]));
            case "cut" -> each(rest, Link::cut);
            case "part" -> part(List.of(rest[0].split(",")), List.of(rest[1].split(",")));
            case "heal" -> heal(rest);
            case "reset" -> connection(rest[0], rest[1]).reset(site(rest[0]).dice());
            case "lose" -> connection(rest[0], rest[1]).breakBulk(site(rest[0]).dice());
            case "run" -> world.runUntil(world.agenda().now() + ScenarioSettings.micros(rest[0]));
            case "commit" -> commits.commit(process(rest[0]), rest);
            case "submit" -> commits.submit(process(rest[0]), rest);
            case "until" -> until(site(rest[0]), String.join(" ", Arrays.copyOfRange(rest, 1, rest.length)));
            case "fill" -> commits.fill(process(rest[0]), Integer.parseInt(rest[1]));
            case "read" -> log.add(rest[0] + " has " + rest[1] + "=" + value(site(rest[0]), rest[1]));
            case "remove" -> order(rest[1], new Command.Remove(rest[0]));
            case "force" -> order(rest[1], new Command.ForceRemove(rest[0]));
            case "priority" -> order(rest[2], new Command.ChangePriority(rest[0], Integer.parseInt(rest[1])));
            case "demote" -> order(rest[1], new Command.DemoteToView(rest[0]));
            case "configure" -> configure(rest);
            case "transfer" -> order(rest[1], new Command.TransferMastership(rest[0]));
            case "stall" -> site(rest[0]).stallDisk(ScenarioSettings.micros(rest[1]));
            case "elect" -> process(rest[0]).take(new Input.StartElection());
            case "appoint" -> appoint(rest[0], Role.valueOf(rest[1]));
            case "force-master" -> forceMaster(rest);
            case "allow" ->
                process(rest[0])
                        .application()
                        .allow(Hold.valueOf(rest[1]), result -> log.add(rest[0] + " answers " + Words.of(result)));
            case "attend" -> site(rest[0]).attend();
            case "takeover" -> takeovers.inOrder(site(rest[0]), ScenarioSettings.micros(rest[1]));
            case "takeover-after-crash" -> takeovers.afterCrash(site(rest[0]), ScenarioSettings.micros(rest[1]));
            case "trim" -> trim(site(rest[0]));
            case "watch" -> log.tellConnections();
            case "equal" -> equal();
            case "status" -> world.sites().forEach(site -> log.add(ScenarioLog.status(site)));
            default -> throw new IllegalArgumentException("a command nobody knows: " + verb);
        }
    }

    /** The first creates the group, the others join; nothing of it is told. */
    private void form(String[] names) {
        for (String name : names) {
            site(name).start();
            world.runUntil(world.agenda().now() + 2 * SECOND);
        }
        log.take();
    }

    private SimulatedSite site(String name) {
        return world.sites().stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseGet(() -> world.add(settings.of(name, world.sites().isEmpty())));
    }

    private SiteProcess process(String name) {
        return site(name).process().orElseThrow(() -> new IllegalArgumentException("site " + name + " is not started"));
    }

    /** {@code configure site option…}: for its next start. */
    private void configure(String[] words) {
        settings.set(words[0], String.join(" ", Arrays.copyOfRange(words, 1, words.length)));
        SimulatedSite site = site(words[0]);
        site.configure(settings.of(site.name(), site.settings().creator()));
    }

    private void each(String[] sites, java.util.function.Consumer<Link> change) {
        boolean oneWay = sites.length == 3 && sites[1].equals(">");
        String from = sites[0];
        List<String> others = sites.length == 1
                ? world.sites().stream()
                        .map(SimulatedSite::name)
                        .filter(name -> !name.equals(from))
                        .toList()
                : List.of(sites[sites.length - 1]);
        for (String other : others) {
            change.accept(world.network().link(from, other));
            if (!oneWay) {
                change.accept(world.network().link(other, from));
            }
        }
    }

    /** {@code part a,b c,d}: nothing goes between the ones and the others. */
    private void part(List<String> some, List<String> others) {
        some.forEach(one -> others.forEach(other -> {
            world.network().link(one, other).cut();
            world.network().link(other, one).cut();
        }));
    }

    /** {@code until site words}: no longer than until these words stand in its status. */
    private void until(SimulatedSite site, String words) {
        long end = world.agenda().now() + 10 * SECOND;
        while (!ScenarioLog.status(site).contains(words)) {
            if (world.agenda().now() >= end) {
                throw new IllegalArgumentException("in vain: " + ScenarioLog.status(site));
            }
            world.runUntil(world.agenda().now() + 100);
        }
    }

    private void heal(String[] sites) {
        if (sites.length == 0) {
            world.network().repair();
        } else {
            each(sites, Link::repair);
        }
    }

    private End connection(String from, String to) {
        return process(from).sessions().open().stream()
                .filter(end -> end.peer().name().equals(to))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(from + " is not connected to " + to));
    }

    /** Whether all that run hold the same log and the same values. */
    private void equal() {
        List<String> held = world.sites().stream()
                .filter(SimulatedSite::isUp)
                .map(site -> site.disk().log().last() + " "
                        + Arrays.toString(site.disk().store().live().values))
                .distinct()
                .toList();
        log.add(held.size() == 1 ? "all hold the same" : "they differ: " + held);
    }

    private static long value(SimulatedSite site, String key) {
        return site.disk().store().live().values[ScenarioCommits.key(key)];
    }

    private void appoint(String at, Role role) {
        process(at).application().appoint(role, result -> log.add(at + " answers " + Words.of(result)));
    }

    /** {@code force-master site [lost,lost]}: without any lost ones the site is only asked what it would mean. */
    private void forceMaster(String[] words) {
        Optional<Set<String>> lost =
                words.length == 1 ? Optional.empty() : Optional.of(new TreeSet<>(Arrays.asList(words[1].split(","))));
        process(words[0]).application().forceMaster(lost, result -> log.add(words[0] + " answers " + Words.of(result)));
    }

    private void order(String at, Command command) {
        process(at).application().order(command, result -> log.add(at + " answers " + Words.of(result)));
    }

    private void trim(SimulatedSite site) {
        site.disk().flush();
        process(site.name()).trim(site.disk().store().live().permanentLsn);
        log.add(site + " holds its log from " + site.disk().log().startLsn() + " on");
    }
}
