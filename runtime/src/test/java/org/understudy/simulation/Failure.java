package org.understudy.simulation;

import java.util.List;

/**
 * How a run went wrong.
 *
 * @param reason the promise that was broken, and how
 * @param step how many inputs the cores had been given then
 * @param trace what happened last
 */
record Failure(String reason, long step, List<String> trace) {

    /** The promise alone. */
    String promise() {
        int end = reason.indexOf(':');
        return end < 0 ? reason : reason.substring(0, end);
    }
}
