package org.understudy.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which environment is meant, where an application has several: at the injection point of an {@link
 * org.understudy.Environment}, a {@link org.understudy.Database}, a {@link org.understudy.Channel} or a {@link
 * org.understudy.Status}, and at an observer of events or of messages. Without it, injection means the default environment,
 * and an observer hears those of all.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface EnvironmentName {

    /** The environment's name, as in {@code understudy.environments}; {@code default} is the one without. */
    String value();

    /** An {@link EnvironmentName} made at run time. */
    final class Literal extends AnnotationLiteral<EnvironmentName> implements EnvironmentName {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier of an environment. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
