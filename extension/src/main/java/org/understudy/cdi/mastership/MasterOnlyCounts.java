package org.understudy.cdi.mastership;

/**
 * What became of the {@link MasterOnly} calls and ticks of an environment at this site, since the application started.
 *
 * @param callsCutOff how many were cut off: as many as there were {@link CallCutOff} events
 * @param ticksRun how many ticks that are kept book of began here
 * @param ticksMissed how often this site told that ticks were missed: as many as there were {@link TickMissed} events, of
 *     which one may stand for several ticks
 */
public record MasterOnlyCounts(long callsCutOff, long ticksRun, long ticksMissed) {}
