package org.understudy.log.file;

/** An open file of a {@link SimulatedDirectory}. */
final class SimulatedHandle implements LogFile {
    private final SimulatedDirectory directory;
    private final String name;
    private final SimulatedFile file;
    private final long incarnation;
    private boolean closed;

    SimulatedHandle(SimulatedDirectory directory, String name, SimulatedFile file, long incarnation) {
        this.directory = directory;
        this.name = name;
        this.file = file;
        this.incarnation = incarnation;
    }

    @Override
    public long size() {
        synchronized (directory) {
            check("measuring");
            return file.seen().size();
        }
    }

    @Override
    public void write(long position, byte[] bytes, int offset, int length) {
        synchronized (directory) {
            check("writing");
            directory.countChange();
            int at = Math.toIntExact(position);
            int growth = Math.max(0, at + length - file.seen().size());
            int missing = growth - directory.takeRoom(growth);
            if (length > missing) {
                file.write(at, bytes, offset, length - missing);
            }
            if (missing > 0) {
                throw SimulatedDirectory.failed("writing " + length + " bytes at " + at + " of", name, "no space left");
            }
        }
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) {
        synchronized (directory) {
            check("reading");
            if (!directory.isReadable(name)) {
                throw SimulatedDirectory.failed("reading", name, "the disk can't");
            }
            return file.seen().read(Math.toIntExact(position), bytes, offset, length);
        }
    }

    @Override
    public void truncate(long size) {
        synchronized (directory) {
            check("cutting");
            directory.countChange();
            directory.giveRoom(Math.max(0, file.seen().size() - size));
            file.truncate(Math.toIntExact(size));
        }
    }

    @Override
    public void force() {
        synchronized (directory) {
            check("forcing");
            directory.countForce(name);
            file.force();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void check(String what) {
        if (closed || !directory.isCurrent(incarnation)) {
            throw SimulatedDirectory.failed(what, name, "it is closed");
        }
    }
}
