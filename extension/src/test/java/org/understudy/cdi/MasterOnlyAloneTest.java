package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.ejb.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;
import org.understudy.cdi.mastership.Otherwise;

/** Methods that run on the master only, where the master is this site; and those that can't be. */
@Timeout(60)
class MasterOnlyAloneTest {

    @ApplicationScoped
    static class Jobs {
        @Inject
        Mastership mastership;

        @MasterOnly
        long token() {
            return mastership.generation();
        }

        @MasterOnly(environment = "orders")
        String where() {
            return mastership.environment() + " within " + outer();
        }

        @Inject
        Inner inner;

        String outer() {
            return inner.where() + ", and still " + mastership.environment();
        }
    }

    /** Its methods are the master's by way of a stereotype. */
    @MasterOnly
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Chief {}

    @Chief
    @Dependent
    static class Inner {
        @Inject
        Mastership mastership;

        String where() {
            return mastership.environment();
        }
    }

    @Singleton
    static class Bad {
        @MasterOnly
        private void mine() {}

        @MasterOnly
        static void nobodys() {}

        @MasterOnly(environment = "nowhere")
        void elsewhere() {}

        @MasterOnly(otherwise = Otherwise.SKIP)
        int number() {
            mine();
            return 1;
        }

        @MasterOnly(otherwise = Otherwise.FORWARD)
        void object(Object any, Runnable task, int fine) {}

        @MasterOnly(otherwise = Otherwise.FORWARD, timeoutMillis = -1)
        Object anything() {
            return 1;
        }

        @MasterOnly(otherwise = Otherwise.FORWARD)
        @Schedule
        void tick() {}
    }

    /** Made by nobody but its own code. */
    static class Orphan {
        private final String name;

        Orphan(String name) {
            this.name = name;
        }

        @MasterOnly
        String name() {
            return name;
        }
    }

    @TempDir
    Path home;

    @Test
    void without_a_group_this_site_is_always_the_master() {
        try (Application.Started application = Application.start(settings(), Jobs.class, Inner.class)) {
            assertThat(application.get(Jobs.class).token()).isZero();
        }
    }

    @Test
    void calls_within_calls_have_each_their_own_mastership() {
        try (Application.Started application = Application.start(settings(), Jobs.class, Inner.class)) {
            assertThat(application.get(Jobs.class).where()).isEqualTo("orders within default, and still orders");
        }
    }

    @Test
    void what_cannot_be_held_back_skipped_or_forwarded_fails_the_deployment_all_at_once() {
        Throwable failure = catchThrowable(
                () -> Application.start(settings(), Bad.class, Orphan.class).close());
        assertThat(failure)
                .hasMessageContaining("Bad.mine is private, so the container can't hold it back")
                .hasMessageContaining("Bad.nobodys is static, so")
                .hasMessageContaining(
                        "Bad.elsewhere runs on the master of the environment nowhere, which is not configured"
                                + " (configured: default, orders)")
                .hasMessageContaining("Bad.number returns int, and a call that is skipped has none")
                .hasMessageContaining("Bad.object, parameter 1, has to travel to the master: values of type Object")
                .hasMessageContaining("Bad.object, parameter 2: nobody knows which class of Runnable to make")
                .hasMessageContaining("Bad.anything: timeoutMillis = -1")
                .hasMessageContaining("Bad.anything, its result, has to travel")
                .hasMessageContaining("Bad.tick is called by the timers of every site")
                .hasMessageContaining("Orphan is no bean, so nothing holds its @MasterOnly methods back");
        assertThat(failure.getMessage()).doesNotContain("parameter 3");
    }

    private List<String> settings() {
        return List.of(
                "understudy.home", home.resolve("default").toString(),
                "understudy.environments", "orders",
                "understudy.environment.orders.home", home.resolve("orders").toString());
    }
}
