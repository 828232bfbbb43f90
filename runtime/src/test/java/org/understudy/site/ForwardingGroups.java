package org.understudy.site;

import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.understudy.EnvironmentConfigBuilder;

/** Groups whose clients forward what is written on them (protocol.md §9). */
final class ForwardingGroups {

    private ForwardingGroups() {}

    static EnvironmentConfigBuilder forwarding(EnvironmentConfigBuilder builder) {
        return builder.forwardWrites(true);
    }

    /** One of so many sites, none of which runs yet. */
    static TestGroup of(Path folder, int sites) {
        return of(folder, sites, builder -> builder);
    }

    /** The same with more settings. */
    static TestGroup of(Path folder, int sites, UnaryOperator<EnvironmentConfigBuilder> more) {
        return new TestGroup(folder, sites, builder -> more.apply(forwarding(builder)));
    }

    /** A master, which has an entry, and a client. */
    static TestGroup pair(Path folder) {
        return pair(folder, builder -> builder);
    }

    /** The same with more settings. */
    static TestGroup pair(Path folder, UnaryOperator<EnvironmentConfigBuilder> more) {
        TestGroup group = of(folder, 2, more);
        names(group.start(0)).put("k", "v");
        group.start(1);
        return group;
    }
}
