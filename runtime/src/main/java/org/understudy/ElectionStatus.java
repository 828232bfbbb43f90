package org.understudy;

/**
 * A site's elections since its environment was opened, in a {@link Status}.
 *
 * @param held elections this site began
 * @param won elections this site won
 * @param lost elections it began that ended without it as master
 * @param running whether it takes part in one now
 */
public record ElectionStatus(long held, long won, long lost, boolean running) {}
