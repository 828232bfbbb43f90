package org.understudy;

/**
 * What was committed at a site since its environment was opened, in a {@link Status}.
 *
 * @param committed commits that wrote something
 * @param permFailed commits whose policy was not met in time
 * @param conflicts transactions refused because another wrote what they had read
 * @param waiting commits waiting for their policy now
 */
public record CommitStatus(long committed, long permFailed, long conflicts, long waiting) {}
