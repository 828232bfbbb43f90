package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareContainerTest {

    /** A class path of its own without what a container need not have. */
    private static final class Bare extends URLClassLoader {
        private static final List<String> ABSENT = List.of(
                "org.eclipse.microprofile.health.",
                "io.opentelemetry.",
                "jakarta.json.",
                "jakarta.enterprise.concurrent.",
                "jakarta.transaction.",
                "jakarta.ejb.",
                "jakarta.servlet.",
                "jakarta.ws.rs.");

        Bare() {
            super("bare", ClassPath.urls(), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (ABSENT.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name + " is absent in this test");
            }
            return super.loadClass(name, resolve);
        }
    }

    private record Remembered(Remembered inner) {}

    @TempDir
    Path home;

    @Test
    void cdi_and_config_are_all_it_needs_and_its_classes_can_go_afterwards() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, reason) -> failures.add(reason));
        try (LoggedWarnings warnings = new LoggedWarnings()) {
            WeakReference<ClassLoader> loader = run();
            assertThat(failures).as("what failed on any thread").isEmpty();
            assertThat(warnings.messages()).as("what was logged above INFO").isEmpty();
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                LastRecord.becomes(new Remembered(new Remembered(null)), new Remembered(new Remembered(null)));
                System.gc();
                assertThat(loader.get())
                        .as("the class loader of an application that has stopped")
                        .isNull();
            });
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
    }

    /** On a thread of its own, which takes what the libraries leave with a thread along when it ends. */
    private WeakReference<ClassLoader> run() throws InterruptedException, IOException {
        try (Bare bare = new Bare()) {
            Thread thread = new Thread(() -> start(bare), "bare");
            thread.setContextClassLoader(bare);
            thread.start();
            thread.join();
            return new WeakReference<>(bare);
        }
    }

    private void start(Bare bare) {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> bare.loadClass("org.eclipse.microprofile.health.HealthCheck"));
        try {
            Class<?> application = bare.loadClass(BareApplication.class.getName());
            ((Runnable) application.getDeclaredConstructor(Path.class).newInstance(home)).run();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
