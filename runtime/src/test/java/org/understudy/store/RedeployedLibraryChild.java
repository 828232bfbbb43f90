package org.understudy.store;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.FlushOptions;
import org.rocksdb.HistogramType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;

/** A JVM in which one class loader after the other has RocksDB, as one deployment after the other of an application has. */
final class RedeployedLibraryChild {
    private static final int DEPLOYMENTS = 3;
    private static final int COLLECTIONS = 50;

    private RedeployedLibraryChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "alone" -> oneAfterTheOther(folder, ClassLoader.getPlatformClassLoader());
            case "shared" -> {
                URL[] library = {
                    RocksDB.class.getProtectionDomain().getCodeSource().getLocation()
                };
                try (URLClassLoader server = new URLClassLoader(library, ClassLoader.getPlatformClassLoader())) {
                    oneAfterTheOther(folder, server);
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void oneAfterTheOther(Path folder, ClassLoader server) throws Exception {
        for (int i = 1; i <= DEPLOYMENTS; i++) {
            awaitCollected(deploy(folder.resolve("alone" + i), server));
            System.out.println("deployment " + i);
        }
        try (URLClassLoader first = loader(server);
                URLClassLoader second = loader(server)) {
            try (AutoCloseable stays = start(second, folder.resolve("stays"))) {
                start(first, folder.resolve("goes")).close();
                ((Runnable) stays).run();
            }
        }
        System.out.println("two at once");
    }

    private static WeakReference<ClassLoader> deploy(Path folder, ClassLoader server) throws Exception {
        try (URLClassLoader loader = loader(server)) {
            try (AutoCloseable deployment = start(loader, folder)) {
                ((Runnable) deployment).run();
            }
            return new WeakReference<>(loader);
        }
    }

    private static URLClassLoader loader(ClassLoader server) throws IOException {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(classPath.toArray(URL[]::new), server);
    }

    private static AutoCloseable start(ClassLoader loader, Path folder) throws Exception {
        return (AutoCloseable) loader.loadClass(Deployment.class.getName())
                .getDeclaredConstructor(Path.class)
                .newInstance(folder);
    }

    private static void awaitCollected(WeakReference<ClassLoader> loader) {
        for (int i = 0; loader.get() != null; i++) {
            if (i == COLLECTIONS) {
                throw new IllegalStateException("the class loader of a deployment stays in memory");
            }
            System.gc();
        }
    }

    /** Does what has RocksDB call its Java classes, and what it does on threads of its own. */
    public static final class Deployment implements Runnable, AutoCloseable {
        private final NativeLibrary.Use use = NativeLibrary.use();
        private final Statistics statistics = new Statistics();
        private final Options options = new Options().setCreateIfMissing(true).setStatistics(statistics);
        private final Path folder;
        private final RocksDB database;

        public Deployment(Path folder) throws RocksDBException {
            this.folder = folder;
            this.database = RocksDB.open(options, folder.toString());
        }

        @Override
        public void run() {
            try (FlushOptions flush = new FlushOptions()) {
                for (byte i = 0; i < 3; i++) {
                    database.put(new byte[] {1}, new byte[] {i});
                    database.flush(flush);
                }
                database.compactRange();
                // Its constructor is one of the methods that RocksDB keeps.
                statistics.getHistogramData(HistogramType.DB_GET);
                refuseToOpenTwice();
            } catch (RocksDBException e) {
                throw new IllegalStateException(e);
            }
        }

        private void refuseToOpenTwice() {
            try (RocksDB second = RocksDB.open(options, folder.toString())) {
                throw new IllegalStateException("opened twice: " + second.getName());
            } catch (RocksDBException expected) {
                expected.getStatus().getCode();
            }
        }

        @Override
        public void close() {
            database.close();
            options.close();
            statistics.close();
            use.close();
        }
    }
}
