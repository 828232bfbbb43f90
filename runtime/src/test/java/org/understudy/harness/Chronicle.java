package org.understudy.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.simulation.Operation;

/** All that the {@link RegisterClients} of a group have told: what was tried, and how it came out. */
final class Chronicle {

    /** One commit, and what it had read. */
    record Commit(Operation operation, Map<Long, Long> read) {}

    /** One snapshot of registers. */
    record Snapshot(String site, Map<Long, Long> values) {}

    /**
     * One confirmed reading of the registers from {@code first} on.
     *
     * @param values those that held anything
     */
    record Latest(String site, long beganMicros, long first, Map<Long, Long> values) {}

    private final List<Latest> latest = new ArrayList<>();
    private final Map<Long, Commit> commits = new LinkedHashMap<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Map<String, List<Standing>> undone = new HashMap<>();
    private final Set<Long> excused = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private Optional<String> lastWriter = Optional.empty();
    private int done;

    /** A site has said something. */
    synchronized void heard(String site, String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case Talk.TRY -> tried(words);
            case Talk.DONE -> {
                done++;
                lastWriter = Optional.of(site);
                ended(site, words, Operation.Outcome.DONE);
            }
            case Talk.WEAK -> ended(site, words, Operation.Outcome.INSUFFICIENT_ACKS);
            case Talk.UNKNOWN -> ended(site, words, Operation.Outcome.UNKNOWN);
            case Talk.REFUSED -> ended(site, words, Operation.Outcome.REFUSED);
            case Talk.READ -> snapshots.add(new Snapshot(site, values(words[3])));
            case Talk.LATEST ->
                latest.add(new Latest(
                        site,
                        Long.parseLong(words[1]),
                        Long.parseLong(words[3]),
                        words.length > 4 ? values(words[4]) : Map.of()));
            case ChildSite.UNDONE -> {
                CommitToken token = CommitToken.parse(words[1]);
                undone.computeIfAbsent(site, none -> new ArrayList<>())
                        .add(new Standing(token.generation(), token.lsn()));
            }
            case Talk.BROKEN -> broken.add(site + " says: " + line);
            default -> {
                // How a start went, or why a read did not: nothing to judge.
            }
        }
    }

    /** A site was killed: what it had acknowledged so far, it may undo without telling (protocol.md §13.5). */
    synchronized void killed(String site) {
        commits.values().stream()
                .map(Commit::operation)
                .filter(operation -> operation.site().equals(site))
                .forEach(operation -> excused.add(operation.serial()));
    }

    private void tried(String[] words) {
        Map<Long, Long> read = values(words[4]);
        int[] keys = read.keySet().stream().mapToInt(Math::toIntExact).toArray();
        long serial = Long.parseLong(words[1]);
        long[] values = read.values().stream().mapToLong(value -> serial).toArray();
        Operation operation =
                new Operation(serial, AckPolicy.valueOf(words[3]), keys, values, Long.parseLong(words[2]));
        commits.put(serial, new Commit(operation, read));
    }

    private void ended(String site, String[] words, Operation.Outcome outcome) {
        Operation operation = commits.get(Long.parseLong(words[1])).operation();
        Standing token = new Standing(Long.parseLong(words[3]), Long.parseLong(words[4]));
        if (token.lsn() > 0) {
            operation.written(site, token);
        }
        operation.answer(outcome, Long.parseLong(words[2]));
    }

    private static Map<Long, Long> values(String text) {
        Map<Long, Long> values = new TreeMap<>();
        for (String entry : text.split(",")) {
            int equals = entry.indexOf('=');
            values.put(Long.parseLong(entry.substring(0, equals)), Long.parseLong(entry.substring(equals + 1)));
        }
        return values;
    }

    /** The site that was last heard to have committed: the master, most likely. */
    synchronized Optional<String> lastWriter() {
        return lastWriter;
    }

    /** How many commits were acknowledged as their policies ask. */
    synchronized int done() {
        return done;
    }

    /** What no site ought to say. */
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** Every commit that may have been made. */
    synchronized List<Commit> commits() {
        return List.copyOf(commits.values());
    }

    synchronized List<Snapshot> snapshots() {
        return List.copyOf(snapshots);
    }

    synchronized List<Latest> latest() {
        return List.copyOf(latest);
    }

    /** Whether the site that made this commit has told that it was undone, or need not have. */
    synchronized boolean isUndoneOpenly(Operation operation) {
        return excused.contains(operation.serial())
                || undone.getOrDefault(operation.site(), List.of()).contains(operation.token());
    }
}
