package org.understudy.site;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.LogDirectory;
import org.understudy.log.file.LogFile;

/** A directory on the real disk, of which one kind of work can be made to stand still, as a disk that hangs does. */
final class StallingDirectory implements LogDirectory {
    enum Work {
        FORCE,
        TRUNCATE
    }

    private final LogDirectory disk;
    private volatile Work stalled;
    private volatile CountDownLatch released = new CountDownLatch(0);
    private volatile CountDownLatch entered = new CountDownLatch(0);

    StallingDirectory(Path path) {
        this.disk = new DiskDirectory(path);
    }

    /** From now on this work does not end. */
    void stall(Work work) {
        released = new CountDownLatch(1);
        entered = new CountDownLatch(1);
        stalled = work;
    }

    /** Whether some of it has begun since. */
    boolean isEntered() {
        return entered.getCount() == 0;
    }

    /** It ends, and what comes after it does at once. */
    void release() {
        stalled = null;
        released.countDown();
    }

    private void pass(Work work) {
        if (stalled == work) {
            entered.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    released.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // as a disk doesn't care either
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public List<String> names() {
        return disk.names();
    }

    @Override
    public LogFile create(String name) {
        return new StallingFile(disk.create(name));
    }

    @Override
    public LogFile open(String name) {
        return new StallingFile(disk.open(name));
    }

    @Override
    public void delete(String name) {
        disk.delete(name);
    }

    @Override
    public void force() {
        disk.force();
    }

    @Override
    public void replace(String name, byte[] content) {
        disk.replace(name, content);
    }

    private final class StallingFile implements LogFile {
        private final LogFile file;

        StallingFile(LogFile file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void write(long position, byte[] bytes, int offset, int length) {
            file.write(position, bytes, offset, length);
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) {
            return file.read(position, bytes, offset, length);
        }

        @Override
        public void truncate(long size) {
            pass(Work.TRUNCATE);
            file.truncate(size);
        }

        @Override
        public void force() {
            pass(Work.FORCE);
            file.force();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
