package org.understudy.protocol;

import org.understudy.AckPolicy;

/**
 * What a forwarded write waits for at its master, as its own commit there would.
 *
 * @param policy which sites have to acknowledge it
 * @param forced whether it is to be forced to the master's disk though the group may ask for less
 * @param ackTimeoutMicros how long the master waits for the policy; {@link Long#MAX_VALUE} for ever
 */
public record ForwardTerms(AckPolicy policy, boolean forced, long ackTimeoutMicros) {}
