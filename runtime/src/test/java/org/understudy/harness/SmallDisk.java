package org.understudy.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small file system of its own, which can really be full. Mounting it takes an administrator's rights. */
final class SmallDisk implements AutoCloseable {
    private static final byte[] BLOCK = new byte[1 << 20];

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one at a folder that is there; nothing if this user may not. */
    static Optional<SmallDisk> mount(Path folder, int mebibytes) {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
        return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    /** Leaves no room on it. */
    void fill() {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(BLOCK);
            }
        } catch (IOException full) {
            // That is the point.
        }
    }

    /** Gives the room back. */
    void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() {
        if (!run("umount", folder.toString())) {
            throw new IllegalStateException(folder + " stays mounted");
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
