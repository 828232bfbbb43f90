package org.understudy;

/**
 * How a site's synchronisation stands, in a {@link Status}.
 *
 * @param phase how far it is
 * @param bytesDone what it has received in this phase
 * @param bytesTotal what this phase takes in all; 0 if that is not known
 * @param rolledBackRecords records undone here since the environment was opened
 * @param initialisations whole copies taken over since then
 * @param rangesServed how many ranges of the log were sent to other sites since then
 * @param chunksServed how many pieces of whole copies were sent to other sites since then
 * @param throttles how many of both had to wait because of {@code transfer-limit}
 */
public record TransferStatus(
        SyncPhase phase,
        long bytesDone,
        long bytesTotal,
        long rolledBackRecords,
        long initialisations,
        long rangesServed,
        long chunksServed,
        long throttles) {}
