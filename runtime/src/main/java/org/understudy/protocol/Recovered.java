package org.understudy.protocol;

import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;

/**
 * What a {@link Replica} finds on its disk when its process starts.
 *
 * @param ballot its ballot, with which a new environment has a new incarnation
 * @param last its log's standing
 * @param logStartLsn the first LSN its log holds
 * @param history its log's generation history
 * @param members the member table in force
 * @param permanentLsn the permanent LSN last saved
 */
public record Recovered(
        Ballot ballot,
        Standing last,
        long logStartLsn,
        GenerationHistory history,
        MemberTable members,
        long permanentLsn) {

    /** A new environment. */
    public static Recovered nothing(Ballot ballot) {
        return new Recovered(ballot, Standing.ZERO, 1, GenerationHistory.EMPTY, MemberTable.NONE, 0);
    }
}
