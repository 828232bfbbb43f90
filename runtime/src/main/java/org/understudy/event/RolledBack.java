package org.understudy.event;

import java.util.List;
import org.understudy.CommitToken;

/**
 * This site has undone records that are not in the master's history (protocol.md §5). It tells what was undone here, not what is final.
 *
 * @param fromLsn the first LSN undone
 * @param toLsn the last LSN undone
 * @param tokens the commits among them, oldest first
 */
public record RolledBack(EventOrigin origin, long fromLsn, long toLsn, List<CommitToken> tokens)
        implements ReplicationEvent {
    public RolledBack {
        tokens = List.copyOf(tokens);
    }
}
