package org.understudy.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.simulation.History;
import org.understudy.simulation.Linearizability;
import org.understudy.simulation.Linearizability.Call;
import org.understudy.simulation.Operation;
import org.understudy.simulation.Violation;

/** Judges what a group told while it was tormented by the logs it left behind. */
final class Verdict {
    private final Chronicle chronicle;
    private final Map<Long, Standing> places;
    private final Map<Long, TreeMap<Long, Long>> registers = new HashMap<>();
    private int snapshotsOfUndone;

    /** Judges by where each serial stands, and by what each transaction in the log wrote, by LSN. */
    Verdict(Chronicle chronicle, Map<Long, Standing> places, Map<Long, Map<Long, Long>> transactions) {
        this.chronicle = chronicle;
        this.places = places;
        transactions.forEach((lsn, written) -> written.forEach((key, value) ->
                registers.computeIfAbsent(key, none -> new TreeMap<>()).put(lsn, value)));
    }

    /** Checks all of it. */
    void check() {
        checkPlaces();
        chronicle.commits().forEach(commit -> checkLoss(commit.operation()));
        chronicle.commits().forEach(this::checkRead);
        chronicle.snapshots().forEach(this::checkSnapshot);
        checkLatest();
        checkRegisters();
    }

    /** What a register holds with all records up to this one applied. */
    private long valueAt(long key, long lsn) {
        Map.Entry<Long, Long> last =
                registers.getOrDefault(key, new TreeMap<>()).floorEntry(lsn);
        return last == null ? 0 : last.getValue();
    }

    /** Where no answer told a commit's place, the log does. */
    private void checkPlaces() {
        List<Operation> operations = new ArrayList<>();
        for (Chronicle.Commit commit : chronicle.commits()) {
            Operation operation = commit.operation();
            Standing place = places.getOrDefault(operation.serial(), Standing.ZERO);
            boolean refused = operation.outcome() == Operation.Outcome.REFUSED;
            if (operation.token().equals(Standing.ZERO) && !refused) {
                operation.written("", place);
            }
            operations.add(operation);
        }
        History.check(operations, places);
    }

    /** What was acknowledged under a weaker policy and is gone was told where it was acknowledged (protocol.md §13.5). */
    private void checkLoss(Operation operation) {
        boolean gone = operation.outcome() == Operation.Outcome.DONE && !places.containsKey(operation.serial());
        if (gone && !chronicle.isUndoneOpenly(operation)) {
            throw new Violation("no silent loss (§13.5)", operation + " is gone, and nobody was told");
        }
    }

    /** A commit that stands had read what the records before it amount to (protocol.md §8). */
    private void checkRead(Chronicle.Commit commit) {
        long lsn =
                places.getOrDefault(commit.operation().serial(), Standing.ZERO).lsn();
        if (lsn == 0) {
            return;
        }
        commit.read().forEach((key, value) -> {
            if (valueAt(key, lsn - 1) != value) {
                throw new Violation(
                        "a commit stands on what it read (§8)",
                        commit.operation() + " read " + value + " in register " + key + ", where the log has "
                                + valueAt(key, lsn - 1));
            }
        });
    }

    /** A snapshot is a prefix of the history: its newest value tells which (protocol.md §13.10). */
    private void checkSnapshot(Chronicle.Snapshot snapshot) {
        if (!places.keySet().containsAll(snapshot.values().values())) {
            snapshotsOfUndone++;
            return;
        }
        long lsn = snapshot.values().values().stream()
                .mapToLong(serial -> places.get(serial).lsn())
                .max()
                .orElseThrow();
        snapshot.values().forEach((key, value) -> {
            if (valueAt(key, lsn) != value) {
                throw new Violation(
                        "a snapshot is a prefix of one history (§13.10)",
                        snapshot.site() + " showed " + value + " in register " + key + " at LSN " + lsn
                                + ", where the log has " + valueAt(key, lsn));
            }
        });
    }

    /** Every commit that was acknowledged before a LATEST read began shows in it, and nothing that may go (protocol.md §7). */
    private void checkLatest() {
        TreeMap<Long, Long> answered = new TreeMap<>();
        chronicle.commits().stream()
                .map(Chronicle.Commit::operation)
                .filter(Verdict::lasts)
                .forEach(operation -> answered.merge(
                        operation.answeredMicros(), operation.token().lsn(), Math::max));
        long highest = 0;
        for (Map.Entry<Long, Long> answer : answered.entrySet()) {
            highest = Math.max(highest, answer.getValue());
            answer.setValue(highest);
        }
        chronicle.latest().forEach(read -> {
            Map.Entry<Long, Long> before = answered.lowerEntry(read.beganMicros());
            checkLatest(read, before == null ? 0 : before.getValue());
        });
    }

    private void checkLatest(Chronicle.Latest read, long leastLsn) {
        if (!places.keySet().containsAll(read.values().values())) {
            throw new Violation("a LATEST shows only what is permanent (§7)", read + " shows what was undone");
        }
        long newestLsn = read.values().values().stream()
                .mapToLong(serial -> places.get(serial).lsn())
                .max()
                .orElse(0);
        long lsn = Math.max(newestLsn, leastLsn);
        for (long key = read.first(); key < read.first() + RegisterClients.REGISTERS; key++) {
            if (valueAt(key, lsn) != read.values().getOrDefault(key, 0L)) {
                throw new Violation(
                        "a LATEST shows every commit acknowledged before it began (§7)",
                        read + " has another value in register " + key + " than " + valueAt(key, lsn) + " at LSN "
                                + lsn);
            }
        }
    }

    private static boolean lasts(Operation operation) {
        return operation.outcome() == Operation.Outcome.DONE
                && (operation.policy() == AckPolicy.QUORUM || operation.policy() == AckPolicy.ALL);
    }

    private void checkRegisters() {
        Map<Long, List<Call<Long>>> calls = new TreeMap<>();
        for (Chronicle.Commit commit : chronicle.commits()) {
            if (commit.operation().outcome() != Operation.Outcome.REFUSED) {
                commit.read().forEach((key, value) -> calls.computeIfAbsent(key, none -> new ArrayList<>())
                        .add(call(commit.operation(), value)));
            }
        }
        calls.forEach((key, history) -> {
            if (!new Linearizability<>(history).holdsFrom(0L)) {
                throw new Violation("every register is linearisable", "register " + key + ": " + history);
            }
        });
    }

    /** Reads one value and writes another; what was not promised to last may be missing. */
    private static Call<Long> call(Operation operation, long read) {
        return new Call<>(
                operation.toString(),
                operation.beganMicros(),
                lasts(operation) ? operation.answeredMicros() : Long.MAX_VALUE,
                state -> state == read ? Optional.of(operation.serial()) : Optional.empty());
    }

    /** What all registers hold in the end. */
    Map<Long, Long> content() {
        Map<Long, Long> content = new TreeMap<>();
        registers.forEach((key, values) -> content.put(key, values.lastEntry().getValue()));
        return content;
    }

    /** What was judged, in a line. */
    String summary() {
        long unknown = chronicle.commits().stream()
                .filter(commit -> commit.operation().outcome() != Operation.Outcome.DONE
                        && commit.operation().outcome() != Operation.Outcome.REFUSED)
                .count();
        return chronicle.commits().size() + " commits tried, " + chronicle.done() + " acknowledged, " + unknown
                + " without a clear answer; " + places.size() + " in the log; "
                + chronicle.snapshots().size() + " snapshots, " + snapshotsOfUndone
                + " of them of what was undone later; "
                + chronicle.latest().size() + " LATEST reads; "
                + registers.size() + " registers";
    }
}
