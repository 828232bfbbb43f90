package org.understudy.it.openwebbeans;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The application in a container, with a class loader of its own that its configuration belongs to. */
final class Application implements AutoCloseable {

    private final ClassLoader loader = new ClassLoader("application", Application.class.getClassLoader()) {};
    private final Config config;
    private final SeContainer container;

    /** Starts it with some properties. */
    Application(Map<String, String> properties) {
        this.config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test.properties", 100))
                .build();
        ConfigProviderResolver.instance().registerConfig(config, loader);
        try {
            this.container = inside(() -> SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addBeanClasses(Desk.class, Chores.class)
                    .initialize());
        } catch (RuntimeException e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        }
    }

    ClassLoader loader() {
        return loader;
    }

    Desk desk() {
        return container.select(Desk.class).get();
    }

    Chores chores() {
        return container.select(Chores.class).get();
    }

    /** The answer of the check of a kind. */
    HealthCheckResponse check(Annotation kind) {
        return inside(() -> container.select(HealthCheck.class, kind).get().call());
    }

    @Override
    public void close() {
        inside(() -> {
            container.close();
            return container;
        });
        ConfigProviderResolver.instance().releaseConfig(config);
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
}
