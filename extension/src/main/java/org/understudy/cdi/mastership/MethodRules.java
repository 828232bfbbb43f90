package org.understudy.cdi.mastership;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.understudy.cdi.codec.CodecCatalog;
import org.understudy.cdi.codec.NoCodecException;

/** What a {@link MasterOnly} method has to be like. */
final class MethodRules {

    private static final Duration MAX_TIMEOUT = Duration.ofHours(24);

    /** The container calls such methods without interceptors. */
    private static final List<Class<? extends Annotation>> INTERNAL =
            List.of(Inject.class, PostConstruct.class, PreDestroy.class);

    /** EJB may be absent. */
    private static final Set<String> TIMERS =
            Set.of("jakarta.ejb.Schedule", "jakarta.ejb.Schedules", "jakarta.ejb.Timeout");

    private final Set<String> environments;
    private final Optional<String> defaultName;
    private final CodecCatalog codecs;

    MethodRules(Set<String> environments, Optional<String> defaultName, CodecCatalog codecs) {
        this.environments = environments;
        this.defaultName = defaultName;
        this.codecs = codecs;
    }

    /** What keeps the container from standing in front of a method, if anything does. */
    static Optional<String> reach(Class<?> beanClass, Method method) {
        return Stream.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .filter(flag -> (method.getModifiers() & flag) != 0)
                .findFirst()
                .map(flag -> beanClass.getSimpleName() + "." + method.getName() + " is " + Modifier.toString(flag)
                        + ", so the container can't hold it back; @MasterOnly needs a method that is not");
    }

    /** Whether it is there for others than its own class and the container: only those does the container stand in front of. */
    static boolean isCalledByOthers(Method method) {
        return (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0
                && INTERNAL.stream().noneMatch(method::isAnnotationPresent);
    }

    static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    /** Whether EJB's timers call it. */
    static boolean isTimer(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(Class::getName)
                .anyMatch(TIMERS::contains);
    }

    /** What is wrong with one, a sentence each. */
    List<String> problems(MasterOnlyMethod method) {
        List<String> found = new ArrayList<>();
        checkEnvironment(method, found);
        if (method.otherwise() == Otherwise.SKIP && !Results.canBeSkipped(method.method())) {
            found.add(method + " returns "
                    + method.method().getGenericReturnType().getTypeName()
                    + ", and a call that is skipped has none: return void or an Optional, or say otherwise = THROW or"
                    + " FORWARD");
        }
        if (method.otherwise() == Otherwise.FORWARD) {
            checkForwarding(method, found);
        }
        return found;
    }

    private void checkEnvironment(MasterOnlyMethod method, List<String> found) {
        String configured = "configured: " + (environments.isEmpty() ? "none" : String.join(", ", environments));
        if (method.environment().isEmpty() && defaultName.isEmpty()) {
            found.add(method + " runs on the master of the default environment, and there is none (" + configured
                    + "); set understudy.home, or say @MasterOnly(environment = …)");
        } else if (!method.environment().isEmpty() && !environments.contains(method.environment())) {
            found.add(method + " runs on the master of the environment " + method.environment()
                    + ", which is not configured (" + configured + ")");
        }
    }

    private void checkForwarding(MasterOnlyMethod method, List<String> found) {
        if (isTimer(method.method())) {
            found.add(method + " is called by the timers of every site, the master's too: its ticks are not forwarded;"
                    + " say otherwise = SKIP");
            return;
        }
        method.timeout()
                .filter(timeout -> timeout.isNegative() || timeout.compareTo(MAX_TIMEOUT) > 0)
                .ifPresent(timeout -> found.add(method + ": timeoutMillis = " + timeout.toMillis() + "; accepted: 1 to "
                        + MAX_TIMEOUT.toMillis() + ", or 0 for the environment's request-timeout"));
        Type[] parameters = method.method().getGenericParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            checkType(method + ", parameter " + (i + 1), parameters[i], found);
        }
        Results.travelling(method.method()).ifPresent(type -> checkType(method + ", its result", type, found));
    }

    private void checkType(String what, Type type, List<String> found) {
        try {
            codecs.forValues(CallForm.boxed(type));
            if (type instanceof Class<?> named
                    && !isConcrete(named)
                    && !named.isPrimitive()
                    && !named.isArray()
                    && !codecs.isOwn(type)) {
                found.add(what + ": nobody knows which class of " + named.getSimpleName() + " to make at the master;"
                        + " name a class or a record, or make a bean of type Codec<" + named.getSimpleName() + ">");
            }
        } catch (NoCodecException e) {
            found.add(what + ", has to travel to the master: " + e.getMessage());
        }
    }
}
