package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;
import org.understudy.cdi.mastership.Otherwise;

/** Which methods of which beans run on the master only. */
@Timeout(60)
class MasterOnlyMethodsTest {

    /** Chosen. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Chosen {
        @Inject
        Mastership mastership;

        @MasterOnly
        String run() {
            return "chosen by " + mastership.environment();
        }
    }

    /** Not chosen. */
    @Alternative
    @ApplicationScoped
    static class NotChosen {
        @MasterOnly
        String run() {
            return "never";
        }
    }

    /** An alternative by way of a stereotype. */
    @Alternative
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Mock {}

    @Mock
    @ApplicationScoped
    static class NotChosenEither {
        @MasterOnly
        String run() {
            return "never";
        }
    }

    /** Has helpers that nobody else calls, and that the container does not stand in front of. */
    @Singleton
    @MasterOnly(otherwise = Otherwise.SKIP)
    static class Helped {
        private int runs;

        @Inject
        void init(Environment environment) {
            runs = start(environment.name());
        }

        @PostConstruct
        void made() {
            runs++;
        }

        private int start(String name) {
            return name.length() + none();
        }

        static int none() {
            return 0;
        }

        void run() {
            runs += start("");
        }
    }

    /** The same for calls that travel. */
    @Singleton
    @MasterOnly(otherwise = Otherwise.FORWARD)
    static class HelpedElsewhere {
        private Object last = "nothing";

        @Inject
        void init(Environment environment) {
            keep(environment);
        }

        private void keep(Object any) {
            last = any;
        }

        String run() {
            return last.toString();
        }
    }

    /** The application's own word for it, with a word of its own for what becomes of a call elsewhere. */
    @MasterOnly(otherwise = Otherwise.SKIP)
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Leading {}

    /** The same by one more step. */
    @Leading
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Audited {}

    @Singleton
    static class Led {
        @Inject
        Mastership mastership;

        @Leading
        Optional<String> run() {
            return Optional.of("led in " + mastership.environment());
        }
    }

    @Audited
    @Singleton
    static class AllAudited {
        @Inject
        Mastership mastership;

        Optional<String> run() {
            return Optional.of("audited in " + mastership.environment());
        }

        @MasterOnly(environment = "orders")
        String own() {
            return "own in " + mastership.environment();
        }
    }

    /** By way of the application's own word it can be wrong as well. */
    @Singleton
    static class BadlyLed {
        @Leading
        int number() {
            return 1;
        }
    }

    /** Made by nobody but its own code. */
    static class LedOrphan {
        private final String name;

        LedOrphan(String name) {
            this.name = name;
        }

        @Leading
        void run() {
            assertThat(name).isNotEmpty();
        }
    }

    /** What says nothing of types has a second method for the compiler's sake. */
    @Dependent
    static class Generic implements Function<String, String> {
        @Override
        @MasterOnly
        public String apply(String name) {
            return "hello " + name;
        }
    }

    /** One of its methods can't be overridden. */
    @Singleton
    @MasterOnly
    static class Closed {
        final String run() {
            return "wherever";
        }
    }

    @TempDir
    Path home;

    private Application.Started start(Class<?>... beans) {
        return Application.start(List.of("understudy.home", home.toString()), beans);
    }

    @Test
    void those_of_an_alternative_that_is_chosen_do_and_of_one_that_is_not_nobody_speaks() {
        try (Application.Started application = start(Chosen.class, NotChosen.class, NotChosenEither.class)) {
            assertThat(application.get(Chosen.class).run()).isEqualTo("chosen by default");
        }
    }

    @Test
    void what_a_class_says_is_not_for_methods_that_only_the_class_or_the_container_calls() {
        try (Application.Started application = start(Helped.class, HelpedElsewhere.class)) {
            Helped helped = application.get(Helped.class);
            helped.run();
            assertThat(helped.runs).isEqualTo("default".length() + 1);
            assertThat(application.get(HelpedElsewhere.class).run()).contains("default");
        }
    }

    @Test
    void an_annotation_of_the_applications_stands_for_ours_and_says_what_it_says() {
        List<String> settings = List.of(
                "understudy.home", home.resolve("default").toString(),
                "understudy.environments", "orders",
                "understudy.environment.orders.home", home.resolve("orders").toString());
        try (Application.Started application = Application.start(settings, Led.class, AllAudited.class)) {
            assertThat(application.get(Led.class).run()).contains("led in default");
            AllAudited audited = application.get(AllAudited.class);
            assertThat(audited.run()).contains("audited in default");
            assertThat(audited.own()).isEqualTo("own in orders");
        }
        assertThat(catchThrowable(() -> start(BadlyLed.class, LedOrphan.class).close()))
                .hasMessageContaining("BadlyLed.number returns int, and a call that is skipped has none")
                .hasMessageContaining("LedOrphan is no bean, so nothing holds its @MasterOnly methods back");
    }

    @Test
    void a_method_of_a_generic_interface_does() {
        try (Application.Started application = start(Generic.class)) {
            Function<String, String> generic = application.get(Generic.class);
            assertThat(generic.apply("you")).isEqualTo("hello you");
        }
    }

    @Test
    void a_method_that_cannot_be_held_back_fails_the_deployment_though_only_its_class_says_so() {
        assertThat(catchThrowable(() -> start(Closed.class).close()))
                .hasMessageContaining("run")
                .hasMessageContaining("final"); // the container's word comes first
    }
}
