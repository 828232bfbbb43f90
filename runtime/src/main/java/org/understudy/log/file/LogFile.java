package org.understudy.log.file;

import java.io.UncheckedIOException;

/**
 * One file as the log sees it: the port that a disk and the simulator's disk implement.
 *
 * <p>What an implementation must do: every method throws {@link UncheckedIOException}, with a message that names the file
 * and what was tried, and nothing else for what the device or the operating system does. One thread writes, truncates and
 * closes; another may read and force meanwhile. A thread that is interrupted gets its work done all the same, and stays
 * interrupted. Bytes written are seen by the reads that follow, and survive the end of the process, forced or not; they
 * survive the end of the machine once a {@link #force()} that began after them has returned.
 */
public interface LogFile extends AutoCloseable {

    /** How many bytes the file has. */
    long size();

    /**
     * Writes {@code length} bytes at a position at or before the end, all of them or an exception; after an exception any
     * part of them may be there.
     */
    void write(long position, byte[] bytes, int offset, int length);

    /**
     * Reads up to {@code length} bytes from a position.
     *
     * @return how many bytes were read: fewer than asked for only where the file ends
     */
    int read(long position, byte[] bytes, int offset, int length);

    /** Cuts the file to a size no larger than it has; lasting once forced. */
    void truncate(long size);

    /**
     * Makes everything that was written before this call last, the file's size included; whether its name lasts is
     * {@link LogDirectory#force()}'s matter. After an exception nothing is known, and a second call proves nothing: the
     * operating system may have dropped what it could not write.
     */
    void force();

    /** Gives the file back without forcing it; a second call does nothing. */
    @Override
    void close();
}
