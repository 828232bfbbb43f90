package org.understudy.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.concurrent.Executor;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.ReplicationListener;

/**
 * Brings an environment's events to the application's observers, in order: to the synchronous ones on the environment's
 * own thread, one after the other, to the asynchronous ones as {@link AsyncDelivery} does.
 */
final class EventDelivery implements ReplicationListener, AutoCloseable {

    private static final Logger LOG = System.getLogger(EventDelivery.class.getName());

    private final String environment;
    private final Executor context;
    private final ObserverCalls observers;
    private final Annotation qualifier;
    private final AsyncDelivery async;

    EventDelivery(String environment, BeanManager beanManager, Executor context, ObserverCalls observers) {
        this.environment = environment;
        this.context = context;
        this.observers = observers;
        this.qualifier = EnvironmentName.Literal.of(environment);
        this.async = new AsyncDelivery(environment, beanManager.getEvent().select(qualifier), context);
    }

    @Override
    public void onEvent(ReplicationEvent event) {
        context.execute(() -> tellAll(event));
        async.deliver(event);
    }

    private void tellAll(ReplicationEvent event) {
        observers.tell(
                event,
                Set.of(qualifier),
                (observer, failure) -> LOG.log(
                        Level.ERROR, "USTDY-0831 [" + environment + "] " + observer + " failed on " + event, failure));
    }

    /** Waits a while for asynchronous observers that are still at it. */
    @Override
    public void close() {
        async.close();
    }
}
