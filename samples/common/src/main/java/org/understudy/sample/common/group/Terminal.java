package org.understudy.sample.common.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The sample's terminal: it starts sites again that were killed. Without it nobody would, and the process may be a server
 * that others use, too.
 */
@ApplicationScoped
public class Terminal {

    @Inject
    @ConfigProperty(name = "sample.terminal", defaultValue = "false")
    boolean there;

    /** Whether it runs this site. */
    public boolean isThere() {
        return there;
    }
}
