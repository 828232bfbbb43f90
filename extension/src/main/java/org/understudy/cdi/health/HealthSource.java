package org.understudy.cdi.health;

import java.util.List;
import org.understudy.cdi.config.HealthConfig;

/** What the health checks look at. */
public interface HealthSource {

    /** How the checks are configured. */
    HealthConfig config();

    /** How each environment of the application is now. */
    List<EnvironmentHealth> environments();
}
