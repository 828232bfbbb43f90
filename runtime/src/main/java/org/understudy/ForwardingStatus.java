package org.understudy;

/**
 * How often write forwarding was used since the environment was opened.
 *
 * @param writesForwarded writes of this site's application that went to the master, Berkeley DB's {@code
 *     st_write_ops_forwarded}
 * @param writesReceived writes that this master took from other sites, repetitions included, {@code st_write_ops_received}
 */
public record ForwardingStatus(long writesForwarded, long writesReceived) {

    /** Nothing was forwarded yet. */
    public static final ForwardingStatus NONE = new ForwardingStatus(0, 0);
}
