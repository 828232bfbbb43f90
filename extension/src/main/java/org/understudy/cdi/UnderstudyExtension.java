package org.understudy.cdi;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_AFTER;
import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.understudy.cdi.config.ApplicationConfig;
import org.understudy.cdi.config.ConfigReader;
import org.understudy.cdi.health.HealthChecks;
import org.understudy.cdi.jta.Interceptors;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.MasterOnlyInterceptor;
import org.understudy.cdi.mastership.MasterOnlyMethods;

/**
 * Gives a CDI application its environments: configured by MicroProfile Config, injected, opened once the application
 * context is up and closed before it goes down.
 */
public class UnderstudyExtension implements Extension {

    private final Wishes wishes = new Wishes();
    private final MetadataObservers metadataObservers = new MetadataObservers();
    private final MessageObservers messageObservers = new MessageObservers();
    private final MasterOnlyMethods masterOnlyMethods = new MasterOnlyMethods();
    private final HealthChecks healthChecks = new HealthChecks();
    private ApplicationConfig config;
    private Environments environments;

    /** Interceptors that are added later would not be enabled everywhere. */
    void addInterceptors(@Observes BeforeBeanDiscovery event) {
        Interceptors.find().forEach(each -> event.addAnnotatedType(each, each.getName()));
        event.addAnnotatedType(MasterOnlyInterceptor.class, MasterOnlyInterceptor.class.getName());
    }

    <T> void collectMasterOnly(@Observes @WithAnnotations(MasterOnly.class) ProcessAnnotatedType<T> event) {
        masterOnlyMethods.add(event.getAnnotatedType());
    }

    void collectBeans(@Observes ProcessManagedBean<?> event, BeanManager beanManager) {
        masterOnlyMethods.add(event.getBean(), event.getAnnotatedBeanClass(), beanManager);
    }

    /** Here the thread's class loader is the application's, and with it the configuration. */
    void readConfiguration(@Observes AfterTypeDiscovery event) {
        config = ConfigReader.read(ConfigProvider.getConfig());
        healthChecks.missing().forEach(check -> event.addAnnotatedType(check, check.getName()));
    }

    <T> void findHealth(@Observes @WithAnnotations(ApplicationScoped.class) ProcessAnnotatedType<T> event) {
        healthChecks.found(event.getAnnotatedType());
    }

    void leaveOutHealth(@Observes ProcessBeanAttributes<?> event) {
        if (!config.health().enabled() && healthChecks.isOne(event.getAnnotated())) {
            event.veto();
        }
    }

    void collectWishes(@Observes ProcessInjectionPoint<?, ?> event) {
        wishes.add(event.getInjectionPoint());
    }

    void collectObservers(@Observes ProcessObserverMethod<?, ?> event) {
        metadataObservers.add(event);
        messageObservers.add(event);
    }

    void addBeans(@Observes AfterBeanDiscovery event, BeanManager beanManager) {
        environments = new Environments(config, beanManager, metadataObservers, messageObservers, masterOnlyMethods);
        new Beans(config, wishes, environments).addTo(event);
    }

    void validate(@Observes AfterDeploymentValidation event) {
        List<String> problems =
                new Validation(config, wishes, environments.codecs(), messageObservers, masterOnlyMethods).problems();
        if (!problems.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(
                    "Understudy cannot be deployed as it is configured:\n  - " + String.join("\n  - ", problems)));
        }
    }

    /** The environments; there from the discovery of beans on. */
    Environments environments() {
        return environments;
    }

    void open(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object event) {
        environments.open();
        environments.measure();
    }

    void closeAtShutdown(@Observes @Priority(LIBRARY_AFTER) Shutdown event) {
        environments.close();
    }

    /** Not every container fires {@link Shutdown}. */
    void closeWithTheApplicationContext(
            @Observes @Priority(LIBRARY_AFTER) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        environments.close();
    }

    /** A deployment that failed half-way has no application context to destroy, and maybe not even {@link Environments}. */
    void closeWithTheContainer(@Observes BeforeShutdown event) {
        if (environments != null) {
            environments.close();
        }
    }
}
