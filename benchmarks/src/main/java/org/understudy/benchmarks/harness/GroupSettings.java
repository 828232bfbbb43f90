package org.understudy.benchmarks.harness;

import java.util.List;

/**
 * What the sites of a group have in common for one phase.
 *
 * @param forced whether commits are forced to disk
 * @param forwarding whether clients forward what is written there
 * @param jvmOptions for each site's process, beyond its usual ones
 */
record GroupSettings(boolean forced, boolean forwarding, List<String> jvmOptions) {
    static final GroupSettings USUAL = new GroupSettings(false, false, List.of());
    static final GroupSettings FORCED = new GroupSettings(true, false, List.of());
    static final GroupSettings FORWARDING = new GroupSettings(false, true, List.of());

    /** Room for 64 large messages, at both ends and on their way. */
    static final GroupSettings LARGE_MESSAGES = new GroupSettings(false, false, List.of("-Xmx1g"));

    GroupSettings {
        jvmOptions = List.copyOf(jvmOptions);
    }
}
