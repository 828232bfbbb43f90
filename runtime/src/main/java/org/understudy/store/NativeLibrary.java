package org.understudy.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rocksdb.Env;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native library, loaded once for each class loader, with no file left behind when the process is killed, and no
 * thread when it is not used.
 */
final class NativeLibrary {
    private static final Logger LOGGER = System.getLogger(NativeLibrary.class.getName());

    /** What RocksDB adds the name of the system to: in its jar, and in a folder that it is told to load from. */
    private static final String PACKED_NAME = "rocksdb";

    private static final String NAME = "rocksdbjni";

    private static boolean loaded;
    private static int uses;

    private NativeLibrary() {}

    /** Loads the library unless it is loaded, and keeps its threads until the use is closed. */
    static synchronized Use use() {
        load();
        uses++;
        return new Use();
    }

    private static synchronized void end(Use use) {
        if (!use.over) {
            use.over = true;
            uses--;
            if (uses == 0 && isOurs()) {
                endThreads();
            }
        }
    }

    /** Whether it goes when we do; one that a server has for all its applications may be in use by others. */
    private static boolean isOurs() {
        return RocksDB.class.getClassLoader() == NativeLibrary.class.getClassLoader();
    }

    /** RocksDB keeps them for the next database, which there may never be; it makes new ones for that by itself. */
    private static void endThreads() {
        for (Priority pool : List.of(Priority.BOTTOM, Priority.LOW, Priority.HIGH)) {
            Env.getDefault().setBackgroundThreads(0, pool);
        }
    }

    /** One of those that have the library in use. */
    static final class Use implements AutoCloseable {
        private boolean over;

        @Override
        public void close() {
            end(this);
        }
    }

    private static void load() {
        if (loaded) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        // RocksDB starts a child process to tell musl from glibc; the JDK's thread that awaits it inherits the context
        // loader and would keep an undeployed application in memory.
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            extractAndLoad();
            loaded = true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "RocksDB's native library could not be unpacked into the folder for temporary files ("
                            + System.getProperty("java.io.tmpdir") + "); make it writable, with 20 MB to spare",
                    e);
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private static void extractAndLoad() throws IOException {
        NativeFolders.clearAway();
        Path folder = NativeFolders.create();
        try {
            Optional<byte[]> library = packed();
            if (library.isPresent()) {
                if (!PrivateSymbols.give(library.get())) {
                    LOGGER.log(
                            Level.WARNING,
                            "USTDY-0254 this version of RocksDB's native library can't have its variables to itself:"
                                    + " deploying again in the same JVM may end it; use the version that comes with Understudy");
                }
                Files.write(folder.resolve(Environment.getJniLibraryFileName(NAME)), library.get());
                RocksDB.loadLibrary(List.of(folder.toString()));
            } else {
                // It says where it looked, and what it has found, better than we could.
                NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
                RocksDB.loadLibrary();
            }
        } finally {
            deleteWherePossible(folder);
        }
    }

    /** The library for this system, as it is packed into RocksDB's jar; an embedder may have left it out. */
    private static Optional<byte[]> packed() throws IOException {
        for (String file : new String[] {
            Environment.getJniLibraryFileName(PACKED_NAME), Environment.getFallbackJniLibraryFileName(PACKED_NAME)
        }) {
            try (InputStream packed = file == null ? null : RocksDB.class.getResourceAsStream("/" + file)) {
                if (packed != null) {
                    return Optional.of(packed.readAllBytes());
                }
            }
        }
        return Optional.empty();
    }

    /** Systems that do not let go of a loaded library's file keep it until the process ends, as RocksDB arranged. */
    private static void deleteWherePossible(Path folder) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                empty &= file.toFile().delete();
            }
        }
        if (empty) {
            Files.delete(folder);
        } else {
            folder.toFile().deleteOnExit();
        }
    }
}
