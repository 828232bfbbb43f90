package org.understudy.protocol;

import java.util.UUID;

/**
 * Whom a message comes from or goes to: a site by its name and the incarnation it proved in the handshake.
 *
 * @param name the exact {@code host:port}
 * @param incarnation made with that site's environment
 */
public record Peer(String name, UUID incarnation) {
    @Override
    public String toString() {
        return name;
    }
}
