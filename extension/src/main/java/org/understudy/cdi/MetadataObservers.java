package org.understudy.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The observer methods with a parameter of type {@link EventMetadata}, which only an event that is fired gives them. */
final class MetadataObservers {

    private final Set<ObserverMethod<?>> observers = new HashSet<>();

    /** Takes note of an observer method, if it is one of them. */
    void add(ProcessObserverMethod<?, ?> event) {
        if (!(event instanceof ProcessSyntheticObserverMethod) && wantsMetadata(event.getAnnotatedMethod())) {
            observers.add(event.getObserverMethod());
        }
    }

    /** Whether any of these is one of them. */
    boolean areAmong(Collection<? extends ObserverMethod<?>> others) {
        return others.stream().anyMatch(observers::contains);
    }

    private static boolean wantsMetadata(AnnotatedMethod<?> method) {
        return method.getParameters().stream()
                .map(AnnotatedParameter::getBaseType)
                .anyMatch(EventMetadata.class::equals);
    }
}
