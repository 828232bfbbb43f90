package org.understudy.store;

import java.util.List;
import org.understudy.Standing;

/**
 * What a rollback took back.
 *
 * @param from the first record taken back
 * @param to the last record taken back; {@link Standing#ZERO}, like {@code from}, when there was none
 * @param transactions the transactions among them, oldest first
 */
public record Undone(Standing from, Standing to, List<Standing> transactions) {

    /** Nothing was taken back. */
    public static final Undone NOTHING = new Undone(Standing.ZERO, Standing.ZERO, List.of());

    /** Takes a copy. */
    public Undone {
        transactions = List.copyOf(transactions);
    }

    /** Whether no record was taken back. */
    public boolean isEmpty() {
        return to.lsn() == 0;
    }
}
