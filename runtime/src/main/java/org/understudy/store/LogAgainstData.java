package org.understudy.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordKind;

/** Compares data with what its log wrote last, from the newest record backwards. */
public final class LogAgainstData {
    /** How many keys are compared at most: the newest. */
    private static final int MOST_KEYS = 1_000_000;

    private static final int WINDOW_RECORDS = 1_000;

    /** What the newest record of a key wrote, {@code after} being null for a deletion. */
    private record Written(Standing by, byte[] after) {}

    private final LogWalk walk;
    private final long startLsn;
    private final PastData data;
    private final Set<NumberedKey> seen = new HashSet<>();
    private Optional<MemberTable> members = Optional.empty();

    /** A log that begins at an LSN, and the data its records led to. */
    public LogAgainstData(RecordReader log, long startLsn, PastData data) {
        this.walk = new LogWalk(log);
        this.startLsn = startLsn;
        this.data = data;
    }

    /** Tells in what the data is not what the log wrote, and returns how many keys were compared. */
    public long compare(Consumer<String> problems) {
        for (long to = data.standing().lsn(); to >= startLsn && seen.size() < MOST_KEYS; to -= WINDOW_RECORDS) {
            compare(Math.max(startLsn, to - WINDOW_RECORDS + 1), to, problems);
        }
        members.filter(table -> !table.equals(data.members()))
                .ifPresent(table -> problems.accept("the member table in the data is " + data.members()
                        + ", and the last one in the log " + table));
        return seen.size();
    }

    private void compare(long from, long to, Consumer<String> problems) {
        Window window = new Window();
        walk.over(from, to, window);
        members = members.or(() -> window.members);
        window.written.forEach((key, written) -> {
            if (data.holds(key.database()) && seen.add(key)) {
                byte[] found = data.get(key.database(), key.key()).orElse(null);
                if (!Arrays.equals(found, written.after())) {
                    problems.accept("key " + HexFormat.of().formatHex(key.key()) + " of database number "
                            + key.database() + " does not have the value that record " + written.by() + " wrote");
                }
            }
        });
    }

    /** What the records of a window amount to. */
    private static final class Window implements LogWalk.Visitor {
        final Map<NumberedKey, Written> written = new HashMap<>();
        Optional<MemberTable> members = Optional.empty();

        @Override
        public void change(LogRecord record, ChangeReader change) {
            byte[] after = change.hasAfter() ? change.after() : null;
            written.put(new NumberedKey(change.database(), change.key()), new Written(record.standing(), after));
        }

        @Override
        public void other(LogRecord record) {
            if (record.kind() == RecordKind.MEMBERSHIP) {
                members = Optional.of(MembershipChange.decode(record.payload()).after());
            }
        }
    }
}
