package org.understudy.simulation;

import org.understudy.protocol.Input;

/** What may happen to a process in the middle of its work. */
interface Interference {
    /** A process has dealt with an input, and its effects are still to be carried out. */
    default void afterStep(SiteProcess process, Input input) {}

    /** A process has carried out some effects of a step, but not all. */
    default void betweenEffects(SiteProcess process) {}

    /** Leaves everybody in peace. */
    Interference NONE = new Interference() {};
}
