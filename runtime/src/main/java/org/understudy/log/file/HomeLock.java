package org.understudy.log.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.understudy.EnvironmentLockedException;
import org.understudy.Place;

/**
 * The right to use a home, which one process at a time has: a lock on the file {@value #NAME} in it. The operating system
 * gives it back when the process ends, however it ends.
 */
public final class HomeLock implements AutoCloseable {
    /** Its name in the home. */
    public static final String NAME = "understudy.lock";

    /** Seen by every class loader of the JVM, which share one lock as far as the operating system knows. */
    private static final String PROPERTY = "org.understudy.home-locked.";

    /** Behind the process id, so that Windows lets others read that. */
    private static final long LOCKED_BYTE = 1 << 20;

    private final String property;
    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(String property, FileChannel channel, FileLock lock) {
        this.property = property;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the home, which is created if it is not there.
     *
     * @throws EnvironmentLockedException when another process, or this one already, has it
     */
    public static HomeLock take(Path home, Place place) {
        Path real = created(home);
        String property = PROPERTY + real;
        String self = "process " + ProcessHandle.current().pid();
        if (System.getProperties().putIfAbsent(property, self) != null) {
            // Before the file is touched: closing any handle on it would give the lock of the first one back.
            throw locked(place, real, "this very process");
        }
        boolean taken = false;
        try {
            HomeLock lock = take(real, property, self, place);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                System.getProperties().remove(property);
            }
        }
    }

    private static HomeLock take(Path real, String property, String self, Place place) {
        Path file = real.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
                if (lock == null) {
                    throw locked(place, real, holder(channel));
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
                return new HomeLock(property, channel, lock);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw DiskDirectory.failed("locking", file, e);
        }
    }

    /** Gives the home back; a second call does nothing. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("giving back the lock on a home failed: " + e.getMessage(), e);
        } finally {
            System.getProperties().remove(property);
        }
    }

    private static Path created(Path home) {
        try {
            return Files.createDirectories(home).toRealPath();
        } catch (IOException e) {
            throw DiskDirectory.failed("creating", home, e);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(64);
        int count = channel.read(content, 0);
        return count <= 0 ? "another process" : new String(content.array(), 0, count, StandardCharsets.UTF_8);
    }

    private static EnvironmentLockedException locked(Place place, Path home, String holder) {
        return new EnvironmentLockedException(
                place,
                "the home " + home + " is in use by " + holder
                        + ". One process at a time may open it: close the other one, or give this one a home of its own");
    }
}
