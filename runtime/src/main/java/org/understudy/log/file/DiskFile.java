package org.understudy.log.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file on a disk.
 *
 * <p>Not by a {@code FileChannel}: that one closes itself when a thread that uses it is interrupted, and the threads that
 * commit belong to the application. {@link RandomAccessFile} and the synchronous {@code force} of an
 * {@link AsynchronousFileChannel} don't, and cost the same. Readers have a handle of their own, since a handle has one
 * position.
 */
final class DiskFile implements LogFile {
    private final Path path;
    private final RandomAccessFile writer;
    /** Opened before anything is written: an error of the device is told to the handles that were open when it happened. */
    private final AsynchronousFileChannel forcer;

    private final Object reading = new Object();
    private RandomAccessFile reader;
    private long position;
    private boolean closed;

    DiskFile(Path path) {
        this.path = path;
        try {
            if (!Files.exists(path)) {
                throw new FileNotFoundException("no such file");
            }
            writer = new RandomAccessFile(path.toFile(), "rw");
            try {
                forcer = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
            } catch (IOException e) {
                writer.close();
                throw e;
            }
        } catch (IOException e) {
            throw DiskDirectory.failed("opening", path, e);
        }
    }

    @Override
    public long size() {
        try {
            return writer.length();
        } catch (IOException e) {
            throw DiskDirectory.failed("asking for the size of", path, e);
        }
    }

    @Override
    public void write(long at, byte[] bytes, int offset, int length) {
        try {
            if (position != at) {
                writer.seek(at);
            }
            writer.write(bytes, offset, length);
            position = at + length;
        } catch (IOException e) {
            throw DiskDirectory.failed("writing " + length + " bytes at " + at + " of", path, e);
        }
    }

    @Override
    public int read(long at, byte[] bytes, int offset, int length) {
        synchronized (reading) {
            try {
                if (closed) {
                    throw new IOException("it is closed");
                }
                if (reader == null) {
                    reader = new RandomAccessFile(path.toFile(), "r");
                }
                reader.seek(at);
                int done = 0;
                while (done < length) {
                    int count = reader.read(bytes, offset + done, length - done);
                    if (count < 0) {
                        break;
                    }
                    done += count;
                }
                return done;
            } catch (IOException e) {
                throw DiskDirectory.failed("reading " + length + " bytes at " + at + " of", path, e);
            }
        }
    }

    @Override
    public void truncate(long size) {
        try {
            writer.setLength(size);
            position = writer.getFilePointer();
        } catch (IOException e) {
            throw DiskDirectory.failed("cutting to " + size + " bytes", path, e);
        }
    }

    @Override
    public void force() {
        try {
            forcer.force(false);
        } catch (IOException e) {
            throw DiskDirectory.failed("forcing", path, e);
        }
    }

    @Override
    public void close() {
        synchronized (reading) {
            closed = true;
            try {
                forcer.close();
                writer.close();
                if (reader != null) {
                    reader.close();
                }
            } catch (IOException e) {
                throw DiskDirectory.failed("closing", path, e);
            }
        }
    }
}
