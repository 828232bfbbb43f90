package org.understudy.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * Where an injection point itself would be injected. A bean that is made for one asks through it for that: the lookup
 * that CDI hands to such beans finds it in Weld, but not in OpenWebBeans, which looks with the bean's own qualifiers.
 */
final class InjectionPlace implements InjectionPoint {

    private InjectionPlace() {}

    /** The injection point that a bean of the dependent scope is just made for. */
    static InjectionPoint of(CreationalContext<?> context, BeanManager beanManager) {
        return (InjectionPoint) beanManager.getInjectableReference(new InjectionPlace(), context);
    }

    @Override
    public Type getType() {
        return InjectionPoint.class;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(Default.Literal.INSTANCE);
    }

    @Override
    public Bean<?> getBean() {
        return null;
    }

    @Override
    public Member getMember() {
        return null;
    }

    @Override
    public Annotated getAnnotated() {
        return null;
    }

    @Override
    public boolean isDelegate() {
        return false;
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
