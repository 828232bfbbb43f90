package org.understudy.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A channel to one site: {@code @Inject @ToSite("node2:7000") Channel partner}. It belongs to the default environment
 * unless {@link EnvironmentName} says otherwise, and has no topic unless {@link Topic} names one.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface ToSite {

    /** The site's exact name, {@code host:port}. Not binding: one bean makes the channels to all sites. */
    @Nonbinding
    String value();

    /** A {@link ToSite} made at run time. */
    final class Literal extends AnnotationLiteral<ToSite> implements ToSite {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier of a channel to this site. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
