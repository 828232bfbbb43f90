package org.understudy.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.understudy.Environment;
import org.understudy.cdi.mastership.MastershipHost;

/** What methods that run on the master only need of their application. */
final class MasterOnlyHost implements MastershipHost {

    private static final Logger LOG = System.getLogger(MasterOnlyHost.class.getName());

    private final Environments environments;
    private final BeanManager beanManager;
    private final ObserverCalls observers;

    MasterOnlyHost(Environments environments, BeanManager beanManager, ObserverCalls observers) {
        this.environments = environments;
        this.beanManager = beanManager;
        this.observers = observers;
    }

    @Override
    public Environment environment(String name) {
        return environments.get(name);
    }

    /** A call may outlive its container: then its caller is told all the same, but no observer is. */
    @Override
    public void fire(String environment, Object event) {
        try {
            tell(environment, event);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "USTDY-0837 [{0}] no observer is told of {1}: {2}", environment, event, e);
        }
    }

    private void tell(String environment, Object event) {
        Set<Annotation> qualifiers = Set.of(EnvironmentName.Literal.of(environment));
        observers.tell(event, qualifiers, (observer, failure) -> log(environment, observer, event, failure));
        if (observers.areAsync(event, qualifiers)) {
            beanManager
                    .getEvent()
                    .select(ObserverCalls.array(qualifiers))
                    .fireAsync(event)
                    .exceptionally(failure -> {
                        log(environment, "an asynchronous observer", event, failure);
                        return event;
                    });
        }
    }

    private static void log(String environment, Object observer, Object event, Throwable failure) {
        LOG.log(Level.ERROR, "USTDY-0836 [" + environment + "] " + observer + " failed on " + event, failure);
    }
}
