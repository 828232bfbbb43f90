package org.understudy.process;

import java.util.List;
import java.util.function.Consumer;
import org.understudy.backend.Delivery;

/** Handles, in a subordinate, messages that have come to the site. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Handles one.
     *
     * @param reply answers it, and throws what {@link org.understudy.ChannelMessage#reply} does
     * @return whether it is to be answered after this returns
     */
    boolean handle(Delivery message, Consumer<List<byte[]>> reply) throws Exception;
}
