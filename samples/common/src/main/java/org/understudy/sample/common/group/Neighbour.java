package org.understudy.sample.common.group;

import java.net.URI;

/**
 * A site of the group, by the ways it can be addressed.
 *
 * @param number what people call it: 1, 2, 3
 * @param site its name in the group
 * @param page where its page is served
 */
public record Neighbour(int number, String site, URI page) {

    /** What people call it. */
    public String title() {
        return "Site " + number;
    }
}
