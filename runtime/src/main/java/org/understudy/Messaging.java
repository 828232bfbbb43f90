package org.understudy;

import org.understudy.event.Subscription;

/**
 * Messages between the applications on the sites of a group, beside the replicated data: Berkeley DB's message channels.
 * Every member can send to every other, views and sites that are still joining too; a removed site can't. Thread-safe.
 *
 * <p>What one site sends to another is handled in the order it was sent, whatever channels and topics it went through; the
 * order between an answer and other messages is nobody's promise. Messages are not stored and not repeated: a message is
 * delivered once or not at all.
 *
 * <p>An environment without a local site talks to itself: its master channel works as on a master.
 */
public interface Messaging {

    /**
     * A channel to one site. It needs no connection now: each message finds the one there is at that moment, so a channel
     * goes on working when the site comes back. Its own name loops back. Close it.
     *
     * @param site its exact name, {@code host:port}; it need not be a member yet
     * @throws IllegalArgumentException if that is no name of a site
     */
    Channel channel(String site);

    /**
     * A channel to whichever site is master when a message is sent, as far as this site knows then; on the master it loops
     * back. Close it.
     */
    Channel channelToMaster();

    /** A channel to all other sites that are connected when a message is sent. It can't ask for an answer. Close it. */
    Channel broadcast();

    /**
     * Has this handler given every message that comes to this site under a topic without a handler of its own, until the
     * subscription is closed. Where several processes share a home, a handler may be in any of them, and goes on when another
     * takes the home over.
     *
     * @throws IllegalStateException if there is such a handler already, in this process or another of its home
     * @throws UnavailableException if another process has the home and it is gone, and no other there in time
     */
    Subscription onMessage(MessageHandler handler);

    /**
     * Has this handler given every message that comes to this site under a topic, until the subscription is closed.
     *
     * @param topic not empty; those that begin with {@code understudy.} are the library's own
     * @throws IllegalStateException if that topic has a handler already, in this process or another of its home
     * @throws UnavailableException if another process has the home and it is gone, and no other there in time
     */
    Subscription onMessage(String topic, MessageHandler handler);
}
