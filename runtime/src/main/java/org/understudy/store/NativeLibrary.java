package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.Env;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;

/**
 * RocksDB's native library, loaded once for each class loader, with no file left behind when the process is killed, and no
 * thread when it is not used.
 */
final class NativeLibrary {
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
            if (uses == 0) {
                endThreads();
            }
        }
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
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
            RocksDB.loadLibrary();
        } finally {
            deleteWherePossible(folder);
        }
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
