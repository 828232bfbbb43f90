package org.understudy.benchmarks.harness;

/** One thing to measure on a group that holds the benchmark's records; it leaves three sites that are equal again. */
interface Scenario {
    Figure figure();

    /** How often each contender is measured. */
    int rounds();

    /** Does the same work once unmeasured, for the just-in-time compiler. */
    default void warmUp(Group group) {}

    Sample measure(Group group);
}
