package org.understudy.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/** RocksDB's native library, loaded once for each class loader, with no file left behind when the process is killed. */
final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    /** Loads the library unless it is loaded. */
    static synchronized void load() {
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
