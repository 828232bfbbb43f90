package org.understudy;

import java.util.Optional;

/**
 * Where something happened: in which environment, at which site.
 *
 * @param environment the environment's name
 * @param site the local site as the group knows it; empty in an environment without one
 */
public record Place(String environment, Optional<String> site) {

    /** The place that a configuration describes. */
    public static Place of(EnvironmentConfig config) {
        return new Place(config.name(), config.localSite());
    }

    /** {@code environment@site}, or the environment's name alone. */
    @Override
    public String toString() {
        return environment + site.map(name -> "@" + name).orElse("");
    }
}
