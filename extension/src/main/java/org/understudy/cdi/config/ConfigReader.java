package org.understudy.cdi.config;

import static org.understudy.cdi.config.PropertySource.PREFIX;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;

/** Reads the configuration of an application's environments. Refuses nothing itself: it lists the problems. */
public final class ConfigReader {

    private static final String NAME = ConfigOptions.NAME.key();

    private final PropertySource properties;
    private final Map<String, EnvironmentConfig> environments = new LinkedHashMap<>();

    private ConfigReader(PropertySource properties) {
        this.properties = properties;
    }

    /** What a configuration says. */
    public static ApplicationConfig read(Config config) {
        return new ConfigReader(new PropertySource(config)).read();
    }

    /** What the properties of an environment begin with. */
    static String prefix(String environment) {
        return PREFIX + "environment." + environment + ".";
    }

    private ApplicationConfig read() {
        List<String> listed = properties.value(ApplicationOptions.ENVIRONMENTS);
        Set<String> names = new LinkedHashSet<>();
        Optional<String> unnamed = readUnnamed();
        unnamed.ifPresent(names::add);
        for (String name : listed) {
            if (names.add(name)) {
                readNamed(name);
            } else {
                properties.problem(PREFIX + ApplicationOptions.ENVIRONMENTS.key() + " lists " + name
                        + ", which is the environment that " + PREFIX
                        + "home configures; leave it out of the list, or give that one another " + PREFIX + NAME);
            }
        }
        HealthConfig health = new HealthConfig(
                properties.value(ApplicationOptions.HEALTH_ENABLED),
                properties.value(ApplicationOptions.HEALTH_MAX_LAG));
        UnknownProperties.among(properties.listed(), listed).forEach(properties::problem);
        Clashes.between(environments.values()).forEach(properties::problem);
        Optional<String> defaultName =
                unnamed.or(() -> names.size() == 1 ? names.stream().findFirst() : Optional.empty());
        JtaMode jta = properties.value(ApplicationOptions.JTA);
        return new ApplicationConfig(names, defaultName, environments, health, jta, properties.problems());
    }

    /** The environment that has its options directly under the prefix; there is none unless one of them is set. */
    private Optional<String> readUnnamed() {
        Map<String, String> texts = texts(PREFIX);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        String name = texts.getOrDefault(NAME, ConfigOptions.NAME.defaultValue().orElseThrow());
        build(name, PREFIX, EnvironmentConfig.builder(), texts);
        return Optional.of(name);
    }

    private void readNamed(String name) {
        String prefix = prefix(name);
        Map<String, String> texts = texts(prefix);
        if (texts.remove(NAME) != null) {
            properties.problem(prefix, NAME + " cannot be set: the list of environments gives the name");
        }
        build(name, prefix, EnvironmentConfig.builder().name(name), texts);
    }

    private void build(String name, String prefix, EnvironmentConfigBuilder builder, Map<String, String> texts) {
        texts.forEach(builder::set);
        try {
            environments.put(name, builder.build());
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> properties.problem(prefix, problem));
        }
    }

    private Map<String, String> texts(String prefix) {
        Map<String, String> texts = new HashMap<>();
        for (ConfigOption<?> option : ConfigOptions.all()) {
            properties.text(prefix + option.key()).ifPresent(text -> texts.put(option.key(), text));
        }
        return texts;
    }
}
