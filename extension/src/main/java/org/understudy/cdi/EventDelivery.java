package org.understudy.cdi;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.ReplicationListener;

/**
 * Brings an environment's events to the application's observers, in order: to the synchronous ones on the environment's
 * own thread, one after the other, to the asynchronous ones as {@link AsyncDelivery} does.
 *
 * <p>The observers are told one by one rather than by firing the event, because then one that throws would keep it from
 * those after it; but for an event that somebody wants the metadata of.
 */
final class EventDelivery implements ReplicationListener, AutoCloseable {

    private static final Logger LOG = System.getLogger(EventDelivery.class.getName());

    private final String environment;
    private final BeanManager beanManager;
    private final Executor context;
    private final MetadataObservers metadataObservers;
    private final Annotation qualifier;
    private final Event<Object> events;
    private final AsyncDelivery async;

    EventDelivery(String environment, BeanManager beanManager, Executor context, MetadataObservers metadataObservers) {
        this.environment = environment;
        this.beanManager = beanManager;
        this.context = context;
        this.metadataObservers = metadataObservers;
        this.qualifier = EnvironmentName.Literal.of(environment);
        this.events = beanManager.getEvent().select(qualifier);
        this.async = new AsyncDelivery(environment, events, context);
    }

    @Override
    public void onEvent(ReplicationEvent event) {
        context.execute(() -> tellAll(event));
        async.deliver(event);
    }

    private void tellAll(ReplicationEvent event) {
        List<ObserverMethod<? super ReplicationEvent>> observers = observers(event);
        if (metadataObservers.areAmong(observers)) {
            guard("an observer", event, () -> events.fire(event));
        } else {
            observers.forEach(observer -> tell(observer, event));
        }
    }

    /** Waits a while for asynchronous observers that are still at it. */
    @Override
    public void close() {
        async.close();
    }

    private List<ObserverMethod<? super ReplicationEvent>> observers(ReplicationEvent event) {
        return beanManager.resolveObserverMethods(event, qualifier).stream()
                .filter(observer -> !observer.isAsync())
                .sorted(Comparator.comparingInt(ObserverMethod::getPriority))
                .toList();
    }

    private <T> void tell(ObserverMethod<T> observer, T event) {
        Metadata metadata = new Metadata(event.getClass(), qualifier);
        guard(observer, event, () -> observer.notify(new Occurrence<>(event, metadata)));
    }

    private void guard(Object observer, Object event, Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.log(Level.ERROR, "USTDY-0831 [" + environment + "] " + observer + " failed on " + event, e);
        }
    }

    /** An event as observers are told of it. */
    private record Occurrence<T>(T event, EventMetadata metadata) implements EventContext<T> {

        @Override
        public T getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return metadata;
        }
    }

    /** An event's type and qualifier. No injection point fires it. */
    private record Metadata(Type type, Annotation qualifier) implements EventMetadata {

        @Override
        public Set<Annotation> getQualifiers() {
            return Set.of(Any.Literal.INSTANCE, qualifier);
        }

        @Override
        public InjectionPoint getInjectionPoint() {
            return null;
        }

        @Override
        public Type getType() {
            return type;
        }
    }
}
