package org.understudy.cdi;

import java.util.List;
import org.understudy.ConfigOptions;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;

/**
 * The environments of this JVM that may create a group, one for each group: two would create two groups of one name, unless
 * they are one site, whose home two applications share (protocol.md §11).
 * Applications of one server do not share our classes, but they share the system properties.
 */
final class GroupCreators {

    private static final String PROPERTY = "org.understudy.group-creator.";

    private GroupCreators() {}

    /**
     * Takes the right to create the group of an environment that is configured to; of another, takes nothing.
     *
     * @throws ConfigurationException if another environment of this JVM has it
     */
    static Claim claim(EnvironmentConfig config) {
        if (!config.groupCreator()) {
            return () -> {};
        }
        Place place = Place.of(config);
        String property = PROPERTY + config.group();
        String mine = place
                + config.find(ConfigOptions.HOME).map(home -> " in " + home).orElse("");
        Object other = System.getProperties().putIfAbsent(property, mine);
        if (mine.equals(other)) {
            return () -> {};
        }
        if (other != null) {
            String problem = "understudy.group-creator = true, but " + other
                    + " in this JVM has it too for the group " + config.group()
                    + ", and they would make two groups of one name; set it on one of them";
            throw new ConfigurationException(place, List.of(problem));
        }
        return () -> System.getProperties().remove(property, mine);
    }

    /** The right to create a group, until it is closed. */
    interface Claim extends AutoCloseable {

        @Override
        void close();
    }
}
