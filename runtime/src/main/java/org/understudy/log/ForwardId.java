package org.understudy.log;

import java.util.UUID;

/**
 * Names one forwarded write for good (protocol.md §9).
 *
 * @param session the session it belongs to
 * @param number its number in that session, from 1
 */
public record ForwardId(UUID session, long number) {

    @Override
    public String toString() {
        return session + "/" + number;
    }
}
