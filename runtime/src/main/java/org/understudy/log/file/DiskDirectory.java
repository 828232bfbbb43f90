package org.understudy.log.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory on a disk. */
public final class DiskDirectory implements LogDirectory {
    private static final String NEW = ".new";
    /** Windows has no way to force a directory; NTFS journals names by itself. */
    private static final boolean CAN_FORCE = File.separatorChar == '/';

    private final Path path;

    /** Takes a directory, which is created if it is not there. */
    public DiskDirectory(Path path) {
        this.path = path.toAbsolutePath();
        try {
            Files.createDirectories(this.path);
        } catch (IOException e) {
            throw failed("creating", this.path, e);
        }
    }

    @Override
    public List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failed("listing", path, e);
        }
    }

    @Override
    public LogFile create(String name) {
        Path file = path.resolve(name);
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw failed("creating", file, e);
        }
        return new DiskFile(file);
    }

    @Override
    public LogFile open(String name) {
        return new DiskFile(path.resolve(name));
    }

    @Override
    public void delete(String name) {
        Path file = path.resolve(name);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw failed("deleting", file, e);
        }
    }

    @Override
    public void force() {
        if (!CAN_FORCE) {
            return;
        }
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failed("forcing", path, e);
        }
    }

    @Override
    public void replace(String name, byte[] content) {
        Path next = path.resolve(name + NEW);
        try (RandomAccessFile file = new RandomAccessFile(next.toFile(), "rw")) {
            file.setLength(0);
            file.write(content);
            file.getFD().sync();
        } catch (IOException e) {
            throw failed("writing", next, e);
        }
        try {
            Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("renaming", next, e);
        }
        force();
    }

    @Override
    public String toString() {
        return path.toString();
    }

    static UncheckedIOException failed(String what, Path file, IOException cause) {
        return new UncheckedIOException(what + " " + file + " failed: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return cause.getClass() == IOException.class
                ? cause.getMessage()
                : cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
