package org.understudy.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.ConflictException;
import org.understudy.Place;

/** What the prepared branches hold at a master, at one point of its log (protocol.md §8.1). Never changed. */
final class HeldKeys {
    /** Nothing is prepared. */
    static final HeldKeys NONE = new HeldKeys(Map.of());

    private final Map<BranchId, HeldBranch> branches;

    private HeldKeys(Map<BranchId, HeldBranch> branches) {
        this.branches = branches;
    }

    /** What is held in the data as it is now, all of the log being applied: how a mastership begins. */
    static HeldKeys restored(StoreCore core) {
        Family waiting = core.stored().catalog().find(BranchData.WAITING);
        if (waiting == null) {
            return NONE;
        }
        Map<BranchId, HeldBranch> found = new LinkedHashMap<>();
        BranchData.each(core.engine(), waiting, (branch, row) -> {
            if (row.state() == BranchState.PREPARED) {
                found.put(branch, new HeldBranch(row.transaction()));
            }
        });
        return new HeldKeys(found);
    }

    HeldKeys with(BranchId branch, HeldBranch held) {
        Map<BranchId, HeldBranch> more = new LinkedHashMap<>(branches);
        more.put(branch, held);
        return new HeldKeys(more);
    }

    HeldKeys without(BranchId branch) {
        Map<BranchId, HeldBranch> fewer = new LinkedHashMap<>(branches);
        fewer.remove(branch);
        return new HeldKeys(fewer);
    }

    /** Refuses writes of what is held. */
    void check(Place place, WriteSet writes) {
        refuseWhere(place, branch -> branch.holds(writes), "what it writes");
    }

    /** Refuses that something is done to a database in which anything is held. */
    void check(Place place, String database) {
        refuseWhere(place, branch -> branch.holdsIn(database), "keys of database " + database);
    }

    /** Refuses that another holds what one that holds it will write. */
    void check(Place place, ReadSet reads) {
        refuseWhere(place, branch -> branch.willWrite(reads), "what it read");
    }

    private void refuseWhere(Place place, Predicate<HeldBranch> isInTheWay, String what) {
        if (branches.isEmpty()) {
            return;
        }
        Optional<BranchId> holder = branches.entrySet().stream()
                .filter(entry -> isInTheWay.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
        holder.ifPresent(branch -> {
            throw new ConflictException(
                    place,
                    "The transaction conflicts: prepared branch " + branch + " holds " + what
                            + " until its transaction manager decides it; run it again then, or see prepared() if that"
                            + " takes long");
        });
    }
}
