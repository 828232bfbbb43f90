package org.understudy;

import java.util.List;

/**
 * A commit that this site has undone because the master did not have it (protocol.md §5). Whether the group has it after
 * all, only the other sites know.
 *
 * @param token the commit's
 * @param changes what it changed, in the order in which it did
 */
public record UndoneTransaction(CommitToken token, List<UndoneChange> changes) {
    public UndoneTransaction {
        changes = List.copyOf(changes);
    }
}
