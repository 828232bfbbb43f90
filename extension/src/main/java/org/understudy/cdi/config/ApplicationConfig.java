package org.understudy.cdi.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.understudy.EnvironmentConfig;

/**
 * The environments of an application.
 *
 * @param names every environment that is configured, well or badly, in the order to open them
 * @param defaultName the one that injection without a name means, if there is one
 * @param environments those that are configured well, by name
 * @param health the health checks
 * @param jta what database calls do in a JTA transaction
 * @param problems everything that is wrong, one sentence each
 */
public record ApplicationConfig(
        Set<String> names,
        Optional<String> defaultName,
        Map<String, EnvironmentConfig> environments,
        HealthConfig health,
        JtaMode jta,
        List<String> problems) {}
