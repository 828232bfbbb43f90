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
 * Of which messages an observer of {@link org.understudy.ChannelMessage} hears: {@code void job(@Observes @Topic("jobs")
 * ChannelMessage message)}. Without it an observer hears messages of every topic, and those of none. At the injection point
 * of a {@link org.understudy.Channel} it is the topic of what is sent.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface Topic {

    /** 1 to 255 characters. */
    String value();

    /** A {@link Topic} made at run time. */
    final class Literal extends AnnotationLiteral<Topic> implements Topic {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** The qualifier of a topic. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
