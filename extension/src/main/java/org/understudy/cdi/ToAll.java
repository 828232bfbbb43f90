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
 * A channel to all other sites that are connected when a message is sent: {@code @Inject @ToAll Channel everybody}. It
 * belongs to the default environment unless {@link EnvironmentName} says otherwise, and has no topic unless {@link Topic}
 * names one.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface ToAll {

    /** The only {@link ToAll} there is, for run time. */
    final class Literal extends AnnotationLiteral<ToAll> implements ToAll {

        /** It. */
        public static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
