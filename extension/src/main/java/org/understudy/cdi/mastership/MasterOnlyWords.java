package org.understudy.cdi.mastership;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Finds what {@link MasterOnly} says: right there, or on an annotation of the application's that stands for it. */
final class MasterOnlyWords {

    private final BeanManager beanManager;

    MasterOnlyWords(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    /** Of a class or a method; what it says itself comes first. */
    Optional<MasterOnly> of(Annotated annotated) {
        return Optional.ofNullable(annotated.getAnnotation(MasterOnly.class))
                .or(() -> among(annotated.getAnnotations()));
    }

    /** Of the stereotypes of a bean. */
    Optional<MasterOnly> of(Collection<Class<? extends Annotation>> stereotypes) {
        return stereotypes.stream()
                .flatMap(stereotype -> among(beanManager.getStereotypeDefinition(stereotype)).stream())
                .findFirst();
    }

    /** Interceptor bindings are transitive. */
    private Optional<MasterOnly> among(Set<Annotation> annotations) {
        for (Annotation one : annotations) {
            if (one instanceof MasterOnly word) {
                return Optional.of(word);
            }
        }
        return annotations.stream()
                .map(Annotation::annotationType)
                .filter(beanManager::isInterceptorBinding)
                .flatMap(binding -> among(beanManager.getInterceptorBindingDefinition(binding)).stream())
                .findFirst();
    }
}
