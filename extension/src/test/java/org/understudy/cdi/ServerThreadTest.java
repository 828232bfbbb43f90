package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server's thread calls the library of an application, and goes on to serve others when that application is gone. */
@Timeout(180)
class ServerThreadTest {

    /** Well below the minute for which the JDK keeps a thread that has waited for a child process. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Remembered(Remembered inner) {}

    @TempDir
    Path folder;

    @Test
    void nothing_of_an_application_stays_with_the_thread_that_has_run_it_nor_with_any_other_nor_on_disk()
            throws Exception {
        List<Path> before = temporaryFiles();
        ExecutorService server = Executors.newSingleThreadExecutor();
        try {
            WeakReference<ClassLoader> application =
                    server.submit(this::runApplication).get();
            await().atMost(PATIENCE).untilAsserted(() -> {
                LastRecord.becomes(new Remembered(new Remembered(null)), new Remembered(new Remembered(null)));
                System.gc();
                assertThat(application.get())
                        .as("the class loader of an application that has stopped")
                        .isNull();
            });
            assertThat(temporaryFiles()).as("temporary files").isSubsetOf(before);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(nativeThreads())
                    .as("threads of RocksDB")
                    .noneMatch(name -> name.startsWith("rocksdb")));
        } finally {
            server.shutdown();
        }
    }

    private WeakReference<ClassLoader> runApplication() throws ReflectiveOperationException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader mine = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(ClassPath.urls(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Class<?> application = loader.loadClass(BusyEnvironments.class.getName());
            ((Runnable) application.getDeclaredConstructor(Path.class).newInstance(folder)).run();
            return new WeakReference<>(loader);
        } finally {
            thread.setContextClassLoader(mine);
        }
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("(?i).*(understudy|rocksdb|vertx|netty).*"))
                    .toList();
        }
    }

    /** The names that the system knows threads by; none where it does not tell. */
    private static List<String> nativeThreads() throws IOException {
        Path tasks = Path.of("/proc/self/task");
        if (!Files.isDirectory(tasks)) {
            return List.of();
        }
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.flatMap(ServerThreadTest::name).toList();
        }
    }

    private static Stream<String> name(Path thread) {
        try {
            return Stream.of(Files.readString(thread.resolve("comm")));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }
}
