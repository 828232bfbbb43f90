package org.understudy.cdi.mastership;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.NotMasterException;
import org.understudy.Place;

class HeldMastershipTest {

    @TempDir
    Path home;

    private boolean gone;
    private Runnable meanwhile = () -> {};

    /** An environment whose mastership can go, and during whose answers something else can happen. */
    private Object answer(Environment environment, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("requireMaster") && gone) {
            throw new NotMasterException(Place.of(environment.config()), Optional.empty());
        }
        if (method.getName().equals("status")) {
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
        }
        try {
            return method.invoke(environment, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void what_one_thread_has_found_lost_no_other_finds_again() {
        try (Environment real = Environment.open(EnvironmentConfig.builder(home).build())) {
            Environment environment = (Environment) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Environment.class},
                    (proxy, method, arguments) -> answer(real, method, arguments));
            HeldMastership held = HeldMastership.enter(environment);
            assertThat(held.isStillMaster()).isTrue();
            meanwhile = () -> {
                gone = true;
                assertThat(held.isStillMaster()).as("on the thread in between").isFalse();
                gone = false;
            };
            assertThat(held.isStillMaster()).as("on the one that asked first").isFalse();
            assertThat(held.isStillMaster()).isFalse();
        }
    }
}
