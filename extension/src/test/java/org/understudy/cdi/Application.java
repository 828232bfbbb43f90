package org.understudy.cdi;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.spi.Extension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** An application in a container of its own, with a class loader of its own that its configuration belongs to. */
final class Application implements AutoCloseable {

    private final ClassLoader loader;
    private final Config config;
    private final UnderstudyExtension extension = new UnderstudyExtension();
    private final Weld weld;

    private Application(Map<String, String> properties, Class<?>... beans) {
        this.loader = new ClassLoader("application", Application.class.getClassLoader()) {};
        this.config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test.properties", 100))
                .build();
        this.weld = new Weld().disableDiscovery().skipShutdownHook().extensions(extension);
        for (Class<?> bean : beans) {
            weld.addBeanClass(bean);
        }
        ConfigProviderResolver.instance().registerConfig(config, loader);
    }

    /** Starts an application of some classes with a configuration: names and values by turns. */
    static Started start(Iterable<String> properties, Class<?>... beans) {
        return start(List.of(), properties, beans);
    }

    /** The same in a container that has more extensions. */
    static Started start(List<Extension> others, Iterable<String> properties, Class<?>... beans) {
        Map<String, String> map = new HashMap<>();
        var names = properties.iterator();
        while (names.hasNext()) {
            map.put(names.next(), names.next());
        }
        Application application = new Application(map, beans);
        others.forEach(application.weld::addExtension);
        try {
            return new Started(application, application.inside(application.weld::initialize));
        } catch (RuntimeException e) {
            application.weld.shutdown();
            application.close();
            throw e;
        }
    }

    private <T> T inside(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        ConfigProviderResolver.instance().releaseConfig(config);
    }

    /** It, running. */
    record Started(Application application, WeldContainer container) implements AutoCloseable {

        UnderstudyExtension extension() {
            return application.extension;
        }

        <T> T get(Class<T> bean) {
            return container.select(bean).get();
        }

        @Override
        public void close() {
            application.inside(() -> {
                container.close();
                return container;
            });
            application.close();
        }
    }
}
