package org.understudy;

/**
 * An election that a site has won, in its {@link ElectionStatus}.
 *
 * @param generation the mastership it won
 * @param standing the last record it stood with
 * @param votes how many sites had voted for it when that was enough, itself included
 * @param votesNeeded how many it took
 * @param durationMillis from the beginning of its canvass, or from its nomination by another site
 */
public record WonElection(long generation, Standing standing, int votes, int votesNeeded, long durationMillis) {}
