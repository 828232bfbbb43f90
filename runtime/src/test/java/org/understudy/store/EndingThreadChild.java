package org.understudy.store;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.rocksdb.Env;
import org.rocksdb.Options;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A JVM in which a thread that has read from RocksDB is about to end when the class loader that has the library goes. A
 * variable of another library keeps it from ending; it is let go on when the library was unmapped, or has had time to be.
 */
final class EndingThreadChild {
    private static final String SERVER = "of the server";
    private static final String DEPLOYMENT = "of deployment";
    private static final int COLLECTIONS = 50;

    /** At least as large as a semaphore of the C library. */
    private static final int SEMAPHORE_BYTES = 64;

    private EndingThreadChild() {}

    /** Functions of the C library. */
    public interface Posix extends Library {
        int pthread_key_create(IntByReference key, Pointer destructor);

        int pthread_setspecific(int key, Pointer value);

        int sem_init(Pointer semaphore, int shared, int value);

        int sem_post(Pointer semaphore);

        int sem_wait(Pointer semaphore);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        System.setProperty("jna.tmpdir", folder.toString());
        Posix posix = Native.load(Posix.class);
        // A JVM that has the library of C++ built in leaves it to RocksDB to load it: it would take names from
        // RocksDB's, and
        // hold that.
        com.sun.jna.NativeLibrary.getInstance("libstdc++.so.6");
        // Before RocksDB has its key: the C library takes them in their order.
        Pointer ending = semaphore(posix);
        Pointer letGo = semaphore(posix);
        int tell = key(posix, "sem_post");
        int halt = key(posix, "sem_wait");

        BlockingQueue<Runnable> work = new ArrayBlockingQueue<>(1);
        start(SERVER, () -> {
            check(posix.pthread_setspecific(tell, ending));
            check(posix.pthread_setspecific(halt, letGo));
            work.take().run();
        });
        CompletableFuture<WeakReference<ClassLoader>> deployed = new CompletableFuture<>();
        start(DEPLOYMENT, () -> deployed.complete(deploy(folder, work, () -> check(posix.sem_wait(ending)))));
        WeakReference<ClassLoader> loader = deployed.join();
        awaitEnd(name -> name.startsWith(DEPLOYMENT) || name.startsWith("rocksdb"));

        boolean goes = arguments[0].equals("goes");
        for (int i = 0; loader.get() != null || isMapped(folder) && (goes || i < COLLECTIONS); i++) {
            System.gc();
        }
        System.out.println(isMapped(folder) ? "mapped" : "unmapped");
        check(posix.sem_post(letGo));
        awaitEnd(name -> name.startsWith(SERVER));
        System.out.println("ended");
    }

    private static Pointer semaphore(Posix posix) {
        Memory semaphore = new Memory(SEMAPHORE_BYTES);
        check(posix.sem_init(semaphore, 0, 0));
        return semaphore;
    }

    private static int key(Posix posix, String destructor) {
        IntByReference key = new IntByReference();
        check(posix.pthread_key_create(
                key, com.sun.jna.NativeLibrary.getProcess().getFunction(destructor)));
        return key.getValue();
    }

    private static void check(int error) {
        if (error != 0) {
            throw new IllegalStateException("error " + error);
        }
    }

    private static void start(String name, Work work) {
        Runnable checked = () -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        new Thread(checked, name).start();
    }

    /** Opens a database, has it read on another thread, and closes it when that says so. */
    private static WeakReference<ClassLoader> deploy(Path folder, BlockingQueue<Runnable> readers, Runnable awaitRead)
            throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            try (AutoCloseable deployment = (AutoCloseable) loader.loadClass(Deployment.class.getName())
                    .getDeclaredConstructor(Path.class)
                    .newInstance(folder)) {
                readers.add((Runnable) deployment);
                awaitRead.run();
            }
            return new WeakReference<>(loader);
        }
    }

    /** The system's threads, which end some time after those of Java. */
    private static void awaitEnd(Predicate<String> name) throws IOException {
        while (true) {
            try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                if (threads.noneMatch(thread -> name.test(nameOf(thread)))) {
                    return;
                }
            }
        }
    }

    private static String nameOf(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean isMapped(Path folder) throws IOException {
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            return mappings.anyMatch(mapping -> mapping.contains(folder + "/librocksdb"));
        }
    }

    /** What a thread does. */
    private interface Work {
        void run() throws Exception;
    }

    /** Has the library that lies in its folder. */
    public static final class Deployment implements Runnable, AutoCloseable {
        private final Options options;
        private final RocksDB database;

        public Deployment(Path folder) throws RocksDBException {
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
            RocksDB.loadLibrary(List.of(folder.toString()));
            this.options = new Options().setCreateIfMissing(true);
            this.database = RocksDB.open(options, folder.resolve("data").toString());
        }

        @Override
        public void run() {
            try {
                if (database.get(new byte[] {1}) != null) {
                    throw new IllegalStateException("a new database is not empty");
                }
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            database.close();
            options.close();
            for (Priority pool : List.of(Priority.BOTTOM, Priority.LOW, Priority.HIGH)) {
                Env.getDefault().setBackgroundThreads(0, pool);
            }
        }
    }
}
