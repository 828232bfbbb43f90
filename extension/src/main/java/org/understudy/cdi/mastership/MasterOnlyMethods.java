package org.understudy.cdi.mastership;

import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.Interceptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.understudy.cdi.codec.CodecCatalog;

/** The {@link MasterOnly} methods of an application, known once its beans are. */
public final class MasterOnlyMethods {

    /** A bean and which of its methods they are. */
    private record Found(Bean<?> bean, Map<Method, MasterOnlyMethod> methods) {}

    private final Map<Class<?>, Found> byBeanClass = new LinkedHashMap<>();
    private final Set<Class<?>> annotated = new LinkedHashSet<>();
    private final Set<Class<?>> alternatives = new HashSet<>();
    private final Set<Class<?>> beanClasses = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** Takes note of a type that has the annotation somewhere, whatever becomes of it. */
    public void add(AnnotatedType<?> type) {
        if (type.isAnnotationPresent(Interceptor.class)) {
            return;
        }
        annotated.add(type.getJavaClass());
        if (isAlternative(type)) {
            alternatives.add(type.getJavaClass());
        }
    }

    /** It need not become a bean. */
    private static boolean isAlternative(AnnotatedType<?> type) {
        return type.getAnnotations().stream()
                .map(Annotation::annotationType)
                .anyMatch(one -> one == Alternative.class || one.isAnnotationPresent(Alternative.class));
    }

    /** Takes note of a bean, and of those of its methods that run on the master only. */
    public void add(Bean<?> bean, AnnotatedType<?> type, BeanManager beanManager) {
        beanClasses.add(bean.getBeanClass());
        MasterOnlyWords words = new MasterOnlyWords(beanManager);
        if (annotated.stream().noneMatch(one -> one.isAssignableFrom(bean.getBeanClass()))
                && words.of(bean.getStereotypes()).isEmpty()) {
            return;
        }
        Optional<MasterOnly> onClass = words.of(type).or(() -> words.of(bean.getStereotypes()));
        Map<Method, MasterOnlyMethod> methods = new LinkedHashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            Optional<MasterOnly> onMethod = words.of(method);
            Method member = method.getJavaMember();
            Optional<MasterOnly> says = onMethod.or(() -> onClass.filter(word -> MethodRules.isCalledByOthers(member)))
                    .filter(word -> member.getDeclaringClass() != Object.class && !member.isBridge());
            says.flatMap(word -> MethodRules.reach(bean.getBeanClass(), member)).ifPresent(problems::add);
            says.ifPresent(word -> methods.put(member, MasterOnlyMethod.of(bean.getBeanClass(), member, word)));
        }
        if (!methods.isEmpty()) {
            byBeanClass.put(bean.getBeanClass(), new Found(bean, methods));
        }
    }

    /** What is wrong with them in an application with these environments, one sentence each. */
    public List<String> problems(Set<String> environments, Optional<String> defaultName, CodecCatalog codecs) {
        List<String> all = new ArrayList<>(problems);
        annotated.stream()
                .filter(type -> !alternatives.contains(type))
                .filter(type -> beanClasses.stream().noneMatch(type::isAssignableFrom))
                .filter(MethodRules::isConcrete)
                .forEach(type -> all.add(type.getSimpleName() + " is no bean, so nothing holds its @MasterOnly methods"
                        + " back; give it a scope"));
        MethodRules rules = new MethodRules(environments, defaultName, codecs);
        methods().forEach(method -> all.addAll(rules.problems(method)));
        return all;
    }

    /** All of them. */
    Stream<MasterOnlyMethod> methods() {
        return byBeanClass.values().stream().flatMap(found -> found.methods().values().stream());
    }

    /** The bean that one of them belongs to. */
    Bean<?> bean(MasterOnlyMethod method) {
        return byBeanClass.get(method.beanClass()).bean();
    }

    /**
     * The method that was called on an object, which may be of a class that the container has made from the bean's.
     *
     * @throws IllegalStateException if it is none of a bean that was there when the application was deployed
     */
    MasterOnlyMethod of(Object target, Method method) {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            Found found = byBeanClass.get(type);
            if (found != null && found.methods().containsKey(method)) {
                return found.methods().get(method);
            }
        }
        throw new IllegalStateException(method
                + " was no @MasterOnly method of a bean when the application was deployed: make its class a bean");
    }
}
