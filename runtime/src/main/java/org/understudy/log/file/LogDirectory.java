package org.understudy.log.file;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The directory that holds a log and a ballot: the port that a disk and the simulator's disk implement.
 *
 * <p>What an implementation must do: every method throws {@link UncheckedIOException} with a message that names the file
 * and what was tried; a file that is there where it must not be, or not there where it must be, is such a case too. A
 * file that was created or deleted is so for good once a {@link #force()} that began afterwards has returned; until then
 * the end of the machine may undo each of these on its own. Names are plain file names.
 */
public interface LogDirectory {

    /** The names of all files in it, in order. */
    List<String> names();

    /** Creates a file that is not there yet, empty. */
    LogFile create(String name);

    /** Opens a file that is there, to read and to write. */
    LogFile open(String name);

    /** Deletes a file that is there. */
    void delete(String name);

    /** Makes what was created and deleted before this call last. */
    void force();

    /**
     * Gives a small file this content, whether or not it is there: when it returns, the content and the name last; when
     * the machine ends before, the file is afterwards as it was or as it was to be, never anything between.
     */
    void replace(String name, byte[] content);

    /** The whole content of a small file; empty when it is not there. */
    default Optional<byte[]> content(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        try (LogFile file = open(name)) {
            byte[] bytes = new byte[Math.toIntExact(file.size())];
            file.read(0, bytes, 0, bytes.length);
            return Optional.of(bytes);
        }
    }
}
