package org.understudy.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.understudy.PreparedBranch;

/**
 * The branches that wait, as an application is told of them. They are looked at every second, and each holds what it
 * promised, up to the size of a record: so they are read anew only after a record has changed them.
 */
final class WaitingBranches {
    private final AtomicLong changes = new AtomicLong();
    private volatile Seen seen = new Seen(-1, List.of());

    private record Seen(long changes, List<PreparedBranch> branches) {}

    /** They may be others now; called once what changed them can be read. */
    void changed() {
        changes.incrementAndGet();
    }

    /** Those that were prepared first come first. */
    List<PreparedBranch> list(StoreCore core) {
        return list(core, core.gate().enter());
    }

    /** The same without waiting: not while data goes back or is swapped. */
    Optional<List<PreparedBranch>> listAtOnce(StoreCore core) {
        int cell = core.gate().tryEnter();
        return cell < 0 ? Optional.empty() : Optional.of(list(core, cell));
    }

    private List<PreparedBranch> list(StoreCore core, int cell) {
        try {
            long now = changes.get(); // before the data is read: what changes meanwhile is read the next time
            Seen last = seen;
            if (last.changes() == now) {
                return last.branches();
            }
            List<PreparedBranch> branches = read(core);
            seen = new Seen(now, branches);
            return branches;
        } finally {
            core.gate().leave(cell);
        }
    }

    private static List<PreparedBranch> read(StoreCore core) {
        List<PreparedBranch> found = new ArrayList<>();
        Family waiting = core.stored().catalog().find(BranchData.WAITING);
        if (waiting != null) {
            BranchData.each(core.engine(), waiting, (branch, row) -> found.add(row.asTold(branch)));
        }
        found.sort(Comparator.comparing(PreparedBranch::preparedAt));
        return List.copyOf(found);
    }
}
