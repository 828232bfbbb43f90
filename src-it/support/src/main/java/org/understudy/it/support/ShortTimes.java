package org.understudy.it.support;

import java.util.Map;

/**
 * The options of sites that find each other within moments, so that the tests are short. One that goes is missed at once,
 * for its connections are closed; one that pauses with its machine is not.
 */
public final class ShortTimes {

    /** Their names and values. */
    public static final Map<String, String> OPTIONS = Map.of(
            "heartbeat-send", "100ms",
            "heartbeat-monitor", "3s",
            "election-timeout", "500ms",
            "election-retry", "500ms",
            "connection-retry", "100ms",
            "connection-retry-max", "500ms",
            "quorum-loss-timeout", "3s",
            "durability", "WRITE_NO_SYNC");

    private ShortTimes() {}
}
