package org.understudy;

/**
 * The records a site has exchanged with others since its environment was opened, in a {@link Status}. What it
 * sent when asked stands in {@link TransferStatus}.
 *
 * @param received records taken into the log from other sites
 * @param transactionsReceived how many of these were transactions
 * @param duplicated records that came although the log held them
 * @param rangesRequested how often this site asked another for records it lacks
 * @param rangesRefused how often this one no longer, or not yet, held what was asked for
 */
public record RecordStatus(
        long received, long transactionsReceived, long duplicated, long rangesRequested, long rangesRefused) {

    /** Nothing has happened yet. */
    public static final RecordStatus NONE = new RecordStatus(0, 0, 0, 0, 0);
}
