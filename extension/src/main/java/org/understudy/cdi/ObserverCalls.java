package org.understudy.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Tells an application's observers of what happened.
 *
 * <p>The synchronous ones are told one by one rather than by firing an event, because then one that throws would keep it
 * from those after it; but for an event that somebody wants the metadata of.
 */
final class ObserverCalls {

    private final BeanManager beanManager;
    private final MetadataObservers metadataObservers;

    ObserverCalls(BeanManager beanManager, MetadataObservers metadataObservers) {
        this.beanManager = beanManager;
        this.metadataObservers = metadataObservers;
    }

    /** Tells the synchronous ones, in the order of their priorities; {@code failed} hears who threw what. */
    <T> void tell(T event, Set<Annotation> qualifiers, BiConsumer<Object, Throwable> failed) {
        List<ObserverMethod<? super T>> observers = observers(event, qualifiers).stream()
                .filter(observer -> !observer.isAsync())
                .sorted(Comparator.comparingInt(ObserverMethod::getPriority))
                .toList();
        if (metadataObservers.areAmong(observers)) {
            guard(
                    "an observer",
                    () -> beanManager.getEvent().select(array(qualifiers)).fire(event),
                    failed);
            return;
        }
        Occurrence<T> occurrence = new Occurrence<>(event, new Metadata(event.getClass(), qualifiers));
        observers.forEach(observer -> guard(observer, () -> notify(observer, occurrence), failed));
    }

    @SuppressWarnings("unchecked") // an observer of a supertype takes it for one
    private static <S> void notify(ObserverMethod<S> observer, Occurrence<? extends S> occurrence) {
        observer.notify((EventContext<S>) occurrence);
    }

    /** Whether there are asynchronous ones. */
    boolean areAsync(Object event, Set<Annotation> qualifiers) {
        return observers(event, qualifiers).stream().anyMatch(ObserverMethod::isAsync);
    }

    private <T> Set<ObserverMethod<? super T>> observers(T event, Set<Annotation> qualifiers) {
        return beanManager.resolveObserverMethods(event, array(qualifiers));
    }

    static Annotation[] array(Set<Annotation> qualifiers) {
        return qualifiers.toArray(Annotation[]::new);
    }

    private static void guard(Object observer, Runnable telling, BiConsumer<Object, Throwable> failed) {
        try {
            telling.run();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            failed.accept(observer, e);
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

    /** An event's type and qualifiers. No injection point fires it. */
    private record Metadata(Type type, Set<Annotation> qualifiers) implements EventMetadata {

        @Override
        public Set<Annotation> getQualifiers() {
            Set<Annotation> all = new HashSet<>(qualifiers);
            all.add(Any.Literal.INSTANCE);
            return all;
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
