package org.understudy.cdi.mastership;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tally of each environment that an application has {@link MasterOnly} methods for. */
final class Tallies {

    private final Map<String, Tally> byEnvironment = new ConcurrentHashMap<>();

    /** That of an environment, by its own name. */
    Tally of(String environment) {
        return byEnvironment.computeIfAbsent(environment, name -> new Tally());
    }

    /** What has been counted; empty where there is nothing to count. */
    Optional<MasterOnlyCounts> counts(String environment) {
        return Optional.ofNullable(byEnvironment.get(environment)).map(Tally::counts);
    }
}
