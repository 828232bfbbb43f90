package org.understudy;

import java.util.List;

/** The configuration cannot be used. It lists everything that is wrong with it, not just the first thing. */
public final class ConfigurationException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    public ConfigurationException(Place place, List<String> problems) {
        super(place, false, "The configuration cannot be used:\n  - " + String.join("\n  - ", problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** What is wrong, one sentence each: the option, its value, and what is accepted. */
    public List<String> problems() {
        return List.of(problems);
    }
}
