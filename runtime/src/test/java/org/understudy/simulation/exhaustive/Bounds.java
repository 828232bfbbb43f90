package org.understudy.simulation.exhaustive;

/**
 * How much may happen in a search.
 *
 * @param commits so many commits
 * @param crashes so many ends of a process or of a machine's power
 * @param generations no site stands for a later one
 * @param inOrder whether what one site sends another comes in order, as TCP has it; else in any order, which is more
 */
record Bounds(int commits, int crashes, long generations, boolean inOrder) {}
