package org.understudy.cdi.mastership;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A method that runs on the master only.
 *
 * @param beanClass the class of the bean it is called on
 * @param method itself; maybe of a class above
 * @param environment whose master; empty for the default environment's
 * @param otherwise what becomes of a call elsewhere
 * @param interrupt whether its thread is interrupted when mastership goes
 * @param timeout how long a forwarded call may take, if it says so
 */
record MasterOnlyMethod(
        Class<?> beanClass,
        Method method,
        String environment,
        Otherwise otherwise,
        boolean interrupt,
        Optional<Duration> timeout) {

    static MasterOnlyMethod of(Class<?> beanClass, Method method, MasterOnly says) {
        return new MasterOnlyMethod(
                beanClass,
                method,
                says.environment(),
                says.otherwise(),
                says.interrupt(),
                says.timeoutMillis() == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(says.timeoutMillis())));
    }

    /** The same on every site that runs the same application. */
    String id() {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(",", beanClass.getName() + "." + method.getName() + "(", ")"));
    }

    /** For people. */
    @Override
    public String toString() {
        return beanClass.getSimpleName() + "." + method.getName();
    }
}
