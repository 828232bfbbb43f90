package org.understudy;

/**
 * What a site's protocol has said and heard since its environment was opened, in a {@link Status}. Checkpoints count by
 * their bytes alone, in {@link TransferStatus}.
 *
 * @param sent messages sent
 * @param notSent messages dropped because the site they were for was not connected; it asks again, or is told anew
 * @param received messages received and looked at
 * @param badGeneration messages of a master whose generation is over: answered with the newer one, and without effect
 */
public record MessageStatus(long sent, long notSent, long received, long badGeneration) {

    /** Nothing has happened yet. */
    public static final MessageStatus NONE = new MessageStatus(0, 0, 0, 0);
}
