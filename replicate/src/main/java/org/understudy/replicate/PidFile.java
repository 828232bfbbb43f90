package org.understudy.replicate;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file that tells this process's id while it runs. */
final class PidFile implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(PidFile.class.getName());

    private final Optional<Path> file;

    private PidFile(Optional<Path> file) {
        this.file = file;
    }

    /**
     * Writes it, if one is wanted.
     *
     * @throws UsageException if it can't be written
     */
    static PidFile write(Optional<Path> file) {
        file.ifPresent(path -> {
            try {
                Files.writeString(path, ProcessHandle.current().pid() + "\n");
            } catch (IOException e) {
                throw new UsageException("--pid-file " + path + " can't be written: " + e);
            }
        });
        return new PidFile(file);
    }

    /** Deletes it; one that can't be deleted stays behind, which is logged. */
    @Override
    public void close() {
        file.ifPresent(path -> {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "USTDY-0610 the pid file " + path + " is left behind: " + e);
            }
        });
    }

    @Override
    public String toString() {
        return file.map(path -> "process id in " + path).orElse("no pid file");
    }
}
