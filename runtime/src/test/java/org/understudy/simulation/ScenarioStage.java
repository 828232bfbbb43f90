package org.understudy.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.AckPolicy;
import org.understudy.Durability;
import org.understudy.log.GroupTerms;
import org.understudy.protocol.Command;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.ReplicaTimes;
import org.understudy.protocol.SyncSettings;

/** Carries out a scenario's commands in a calm world, with every promise watched, and tells what the sites did. */
final class ScenarioStage {
    private static final long SECOND = 1_000_000;
    private static final long MILLISECOND = 1_000;
    private static final int FILLED_KEY = DataImage.KEYS - 1;
    private static final long ANSWER_WITHIN = 5 * SECOND;

    private final World world = new World(new Dice(1), new Network.Pace(MILLISECOND, 0), 0, Replica::new);
    private final ScenarioLog log = new ScenarioLog();
    private final Map<String, String> options = new TreeMap<>();
    private final Map<String, String> traps = new TreeMap<>();
    private long serial;

    /** {@code trap site Message}: its power fails once it has sent such a message. */
    private final Observer trapper = new Observer() {
        @Override
        public void sent(SimulatedSite site, Peer to, Message message) {
            if (message.getClass().getSimpleName().equals(traps.get(site.name()))) {
                traps.remove(site.name());
                world.agenda().after(1, site::cutPower);
            }
        }
    };

    ScenarioStage() {
        Invariants.watch(world);
        world.observer().add(log);
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
            case "site" -> options.put(rest[0], String.join(" ", Arrays.copyOfRange(rest, 1, rest.length)));
            case "group" -> form(rest);
            case "start" -> site(rest[0]).start();
            case "stop" -> process(rest[0]).application().stop();
            case "kill" -> site(rest[0]).kill();
            case "power" -> site(rest[0]).cutPower();
            case "trap" -> traps.put(rest[0], rest[1]);
            case "wipe" -> site(rest[0]).wipe();
            case "pause" -> site(rest[0]).pause(micros(rest[1]));
            case "cut" -> each(rest, Link::cut);
            case "heal" -> world.network().repair();
            case "run" -> world.runUntil(world.agenda().now() + micros(rest[0]));
            case "commit" -> commit(rest);
            case "fill" -> fill(process(rest[0]), Integer.parseInt(rest[1]));
            case "read" -> log.add(rest[0] + " has " + rest[1] + "=" + value(site(rest[0]), rest[1]));
            case "remove" -> order(rest[1], new Command.Remove(rest[0]));
            case "transfer" -> order(rest[1], new Command.TransferMastership(rest[0]));
            case "elect" -> process(rest[0]).take(new Input.StartElection());
            case "trim" -> trim(site(rest[0]));
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
                .orElseGet(() -> world.add(settings(name)));
    }

    private SiteProcess process(String name) {
        return site(name).process().orElseThrow(() -> new IllegalArgumentException("site " + name + " is not started"));
    }

    private SiteSettings settings(String name) {
        String option = options.getOrDefault(name, "");
        boolean view = option.contains("view");
        int priority = Arrays.stream(option.split(" "))
                .filter(word -> word.startsWith("priority="))
                .map(word -> Integer.parseInt(word.substring("priority=".length())))
                .findFirst()
                .orElse(view ? 0 : 100);
        ReplicaSettings replica = new ReplicaSettings(
                "scenario",
                name,
                priority,
                view,
                true,
                GroupTerms.of(Durability.SYNC, SECOND),
                new ReplicaTimes(
                        SECOND / 2,
                        2 * SECOND,
                        2 * SECOND,
                        2 * SECOND,
                        2 * SECOND,
                        SECOND / 2,
                        4 * SECOND,
                        10 * SECOND),
                SyncSettings.of(64 << 10, 2 << 10));
        boolean creator = world.sites().isEmpty();
        return new SiteSettings(replica, creator, false, 100, SECOND, 10 * SECOND);
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

    /** {@code commit site key=value… [policy]}: waits for the answer. */
    private void commit(String[] words) {
        String last = words[words.length - 1];
        Optional<AckPolicy> policy = Arrays.stream(AckPolicy.values())
                .filter(each -> each.name().equals(last))
                .findFirst();
        List<String> puts = Arrays.stream(words, 1, words.length)
                .filter(word -> word.contains("="))
                .toList();
        int[] keys = puts.stream()
                .mapToInt(put -> key(put.substring(0, put.indexOf('='))))
                .toArray();
        long[] values = puts.stream()
                .mapToLong(put -> Long.parseLong(put.substring(put.indexOf('=') + 1)))
                .toArray();
        Operation operation = new Operation(
                ++serial,
                policy.orElse(AckPolicy.QUORUM),
                keys,
                values,
                world.agenda().now());
        process(words[0]).tail().commit(List.of(operation));
        long end = world.agenda().now() + ANSWER_WITHIN;
        while (operation.outcome() == Operation.Outcome.OPEN && world.agenda().now() < end) {
            world.runUntil(world.agenda().now() + MILLISECOND);
        }
        String token = operation.token().lsn() == 0 ? "" : " " + operation.token();
        log.add("commit " + String.join(" ", puts) + " " + operation.policy() + ": " + operation.outcome() + token);
    }

    /** So many commits that nobody needs to see. */
    private void fill(SiteProcess process, int commits) {
        for (int i = 0; i < commits; i++) {
            serial++;
            process.tail()
                    .commit(List.of(new Operation(
                            serial,
                            AckPolicy.NONE,
                            new int[] {FILLED_KEY},
                            new long[] {serial},
                            world.agenda().now())));
            world.runUntil(world.agenda().now() + MILLISECOND);
        }
    }

    private static int key(String name) {
        return name.charAt(0) - 'a';
    }

    private static long value(SimulatedSite site, String key) {
        return site.disk().store().live().values[key(key)];
    }

    private void order(String at, Command command) {
        process(at).application().order(command, result -> log.add(at + " answers " + Words.of(result)));
    }

    private void trim(SimulatedSite site) {
        site.disk().flush();
        process(site.name()).trim(site.disk().store().live().permanentLsn);
        log.add(site + " holds its log from " + site.disk().log().startLsn() + " on");
    }

    private static long micros(String span) {
        List<String> units = new ArrayList<>(List.of("ms", "s"));
        for (String unit : units) {
            if (span.endsWith(unit)) {
                long count = Long.parseLong(span.substring(0, span.length() - unit.length()));
                return count * (unit.equals("s") ? SECOND : MILLISECOND);
            }
        }
        throw new IllegalArgumentException("a span of time in ms or s is wanted, not " + span);
    }
}
