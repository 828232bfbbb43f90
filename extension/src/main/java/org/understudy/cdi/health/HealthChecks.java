package org.understudy.cdi.health;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The health checks of an application. Servers find them in our jar by themselves, as beans.xml says, and WildFly shows no
 * others to its health; where a container looks through the application alone they have to be added.
 */
public final class HealthChecks {

    private static final String HEALTH = "org.eclipse.microprofile.health.HealthCheck";

    private final Set<String> found = new HashSet<>();

    /** Takes note of a type that the container found. */
    public void found(AnnotatedType<?> type) {
        if (isOne(type)) {
            found.add(type.getJavaClass().getName());
        }
    }

    /** The checks that the container did not find; none where MicroProfile Health is absent, so that it need not stumble over them. */
    public List<Class<?>> missing() {
        return isHealthThere()
                ? List.<Class<?>>of(LivenessCheck.class, ReadinessCheck.class, StartupCheck.class).stream()
                        .<Class<?>>filter(check -> !found.contains(check.getName()))
                        .toList()
                : List.of();
    }

    /** Asked for by its name: WildFly warns of each class that cannot be linked. */
    private static boolean isHealthThere() {
        try {
            Class.forName(HEALTH, false, HealthChecks.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether a bean is one of them. */
    public boolean isOne(Annotated annotated) {
        return annotated instanceof AnnotatedType<?> type
                && type.getJavaClass().getPackageName().equals(HealthChecks.class.getPackageName());
    }
}
