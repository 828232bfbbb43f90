package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.understudy.BranchDecision;
import org.understudy.BranchException;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.ByteRange;
import org.understudy.ConflictException;
import org.understudy.Direction;
import org.understudy.PreparedBranch;
import org.understudy.Standing;

/**
 * Three real stores with logs in memory, followed by one history of masters from one seed: the best of a random majority is
 * elected, the deposed one writes on, followers lag and roll back. Each commit counts a counter up and leaves a mark, some in
 * two steps, as branches.
 */
final class PreparedHistory implements AutoCloseable {
    private static final int SITES = 3;
    private static final int COUNTERS = 3;
    private static final String DATA = "counters";

    private final Random random;
    private final List<Site> sites = new ArrayList<>();
    private final boolean[] believes = new boolean[SITES];
    private final List<BranchId> branches = new ArrayList<>();
    private final Map<BranchId, Map<String, Optional<String>>> promised = new LinkedHashMap<>();
    private final Map<BranchId, Long> preparedIn = new LinkedHashMap<>();
    private final Map<BranchId, BranchState> settled = new LinkedHashMap<>();
    private int master;
    private long generation = 1;
    private int serial;
    int decisions;
    int decisionsAtOtherMasters;

    PreparedHistory(Path folder, long seed, Function<StoreCore, HeldKeys> restoresHeld) {
        random = new Random(seed);
        for (int i = 0; i < SITES; i++) {
            sites.add(new Site(folder.resolve("site" + i), Site.OPTIONS, new MemoryLog(), restoresHeld));
        }
        elect(0);
    }

    /** Something happens, and all that was promised still holds, everywhere. */
    void step() {
        int choice = random.nextInt(100);
        if (choice < 30) {
            increment(writer());
        } else if (choice < 45) {
            prepare(writer());
        } else if (choice < 62) {
            decide(writer());
        } else if (choice < 85) {
            follow(random.nextInt(SITES));
        } else if (choice < 95) {
            elect();
        } else {
            restart(random.nextInt(SITES));
        }
        settle();
        sites.forEach(this::check);
    }

    /** Mostly the master; now and then one that does not know yet that it is deposed. */
    private int writer() {
        int other = random.nextInt(SITES);
        return random.nextInt(5) == 0 && believes[other] ? other : master;
    }

    // ---- the group ----

    private void elect() {
        int one = random.nextInt(SITES);
        int other = (one + 1 + random.nextInt(SITES - 1)) % SITES;
        elect(last(one).compareTo(last(other)) >= 0 ? one : other);
    }

    /** A mastership is never resumed. */
    private void restart(int site) {
        sites.get(site).reopen();
        believes[site] = false;
        if (site == master) {
            elect();
        }
    }

    private Standing last(int site) {
        return sites.get(site).log.last();
    }

    private void elect(int site) {
        master = site;
        believes[site] = true;
        sites.get(site).generation = generation;
        sites.get(site).newGeneration();
        generation = sites.get(site).generation;
    }

    /** A site goes back to where it agrees with the master, and takes some of what that has more. */
    private void follow(int site) {
        if (site == master) {
            return;
        }
        believes[site] = false;
        Site follower = sites.get(site);
        MemoryLog from = sites.get(master).log;
        long match = Math.min(follower.log.lastLsn(), from.lastLsn());
        while (!follower.log.at(match).equals(from.at(match))) {
            match--;
        }
        if (follower.log.lastLsn() > match) {
            follower.rollback(match);
        }
        long more = from.lastLsn() - match;
        if (more > 0) {
            long to = random.nextInt(3) == 0 ? match + 1 + random.nextInt((int) more) : from.lastLsn();
            follower.applyOwn(from.read(match + 1, to, Integer.MAX_VALUE));
        }
    }

    /** What a majority holds up to the end of the master's log is decided for good. */
    private void settle() {
        Site leading = sites.get(master);
        Standing end = leading.log.last();
        boolean isPermanent = end.generation() == generation
                && sites.stream().filter(site -> site.log.last().equals(end)).count() > SITES / 2;
        if (isPermanent) {
            branches.forEach(branch -> {
                BranchState state = state(leading, branch);
                if (state != BranchState.PREPARED && state != BranchState.UNKNOWN) {
                    settled.putIfAbsent(branch, state);
                }
            });
        }
        settled.forEach((branch, state) -> assertThat(state(leading, branch))
                .as("the decision on %s, which a majority holds, at the master of generation %d", branch, generation)
                .isEqualTo(state));
    }

    // ---- the application ----

    private void increment(int at) {
        int counter = random.nextInt(COUNTERS);
        try (StoreTransaction transaction = incrementing(sites.get(at), counter, "direct" + ++serial)) {
            commit(at, transaction);
        }
    }

    private void prepare(int at) {
        BranchId branch = new BranchId(1, "%06x".formatted(++serial), "");
        Site site = sites.get(at);
        int counter = random.nextInt(COUNTERS);
        try (StoreTransaction transaction = incrementing(site, counter, branch.global())) {
            if (commit(at, new Preparation(branch, "site" + at, serial, transaction))) {
                branches.add(branch);
                preparedIn.put(branch, site.generation);
                promised.put(branch, Map.of("count" + counter, site.get(DATA, "count" + counter)));
            }
        }
    }

    private static StoreTransaction incrementing(Site site, int counter, String mark) {
        StoreTransaction transaction = site.store.begin(false);
        int count = transaction
                .get(DATA, bytes("count" + counter))
                .map(value -> Integer.parseInt(Site.text(value)))
                .orElse(0);
        transaction.put(DATA, bytes("count" + counter), bytes(String.valueOf(count + 1)));
        transaction.put(DATA, bytes("mark" + counter + " " + mark), bytes("made"));
        return transaction;
    }

    private void decide(int at) {
        if (branches.isEmpty()) {
            return;
        }
        BranchId branch = branches.get(Math.max(0, branches.size() - 1 - random.nextInt(6)));
        Site site = sites.get(at);
        BranchState before = state(site, branch);
        List<BranchDecision> words = List.of(
                BranchDecision.COMMIT,
                BranchDecision.COMMIT,
                BranchDecision.ROLL_BACK,
                BranchDecision.COMMIT_BY_HAND,
                BranchDecision.ROLL_BACK_BY_HAND);
        boolean done = commit(at, new Decision(branch, words.get(random.nextInt(words.size())), serial));
        if (done && before == BranchState.PREPARED) {
            decisions++;
            decisionsAtOtherMasters += preparedIn.get(branch) == site.generation ? 0 : 1;
        }
    }

    /** Commits at a site; whatever refuses it but a conflict and a decision there is already is a failure. */
    private boolean commit(int at, Commit commit) {
        Optional<RuntimeException> failure = sites.get(at).commit(commit).failure(0);
        failure.ifPresent(why -> assertThat(why).isInstanceOfAny(ConflictException.class, BranchException.class));
        return failure.isEmpty();
    }

    private static BranchState state(Site site, BranchId branch) {
        byte[] key = BranchData.key(branch);
        return site.store
                .get(BranchData.WAITING, key)
                .or(() -> site.store.get(BranchData.REMEMBERED, key))
                .map(row -> BranchRow.decode(row).state())
                .orElse(BranchState.UNKNOWN);
    }

    // ---- what must hold at any site, at any time ----

    private void check(Site site) {
        for (PreparedBranch branch : site.store.preparedBranches()) {
            if (branch.state() == BranchState.PREPARED) {
                promised.get(branch.id()).forEach((key, value) -> assertThat(site.get(DATA, key))
                        .as("%s while %s is prepared and undecided", key, branch.id())
                        .isEqualTo(value));
            }
        }
        for (int counter = 0; counter < COUNTERS; counter++) {
            long marks = marks(site, counter);
            assertThat(site.get(DATA, "count" + counter).map(Long::parseLong).orElse(0L))
                    .as("counter %d against the commits that counted it up, each once", counter)
                    .isEqualTo(marks);
        }
    }

    private static long marks(Site site, int counter) {
        long marks = 0;
        try (StoreTransaction transaction = site.store.begin(true);
                StoreCursor all =
                        transaction.cursor(DATA, ByteRange.prefix(bytes("mark" + counter + " ")), Direction.FORWARDS)) {
            while (all.next()) {
                marks++;
            }
        }
        return marks;
    }

    @Override
    public void close() {
        sites.forEach(Site::close);
    }
}
