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
 * Which database is injected, with keys and values of the types that the injection point names:
 * {@code @Inject @DatabaseName("quotes") Database<String, Quote> quotes}. It lives in the default environment unless
 * {@link EnvironmentName} says otherwise.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface DatabaseName {

    /** The database's name in its environment. Not binding: one bean makes the databases of all names. */
    @Nonbinding
    String value();

    /** A {@link DatabaseName} made at run time. */
    final class Literal extends AnnotationLiteral<DatabaseName> implements DatabaseName {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier of a database. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
