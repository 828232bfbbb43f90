package org.understudy.log.file;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.WriteFailedException;
import org.understudy.log.Ballot;
import org.understudy.log.MalformedValueException;

/** The file that keeps the {@link Ballot}; used by one thread at a time (protocol.md §2.2). */
public final class BallotFile {
    /** Its name in the home. */
    public static final String NAME = "ballot";

    private final Place place;
    private final ChecksummedFile file;

    /** The ballot of the environment in this directory, there or not. */
    public BallotFile(LogDirectory directory, Place place) {
        this.place = place;
        this.file = new ChecksummedFile(directory, place, NAME);
    }

    /**
     * The ballot as it was written last; empty in a new home, and in one that was restored from a backup.
     *
     * @throws EnvironmentCorruptedException when the file is damaged
     */
    public Optional<Ballot> read() {
        return file.read().map(this::decoded);
    }

    /**
     * Replaces the ballot. When this returns it lasts, so that a message which depends on it may leave; when the site stops
     * before, the old one or the new one is there.
     *
     * @throws WriteFailedException when the disk refuses; which of the two is there, nobody knows then
     */
    public void write(Ballot ballot) {
        try {
            file.write(ballot.encode());
        } catch (UncheckedIOException e) {
            throw new WriteFailedException(
                    place,
                    "the ballot could not be stored: " + e.getMessage()
                            + ". This site can neither vote nor be elected; free space or repair the disk, then restart it",
                    e);
        }
    }

    private Ballot decoded(byte[] content) {
        try {
            return Ballot.decode(content);
        } catch (MalformedValueException e) {
            EnvironmentCorruptedException damaged = file.damaged(e.getMessage());
            damaged.addSuppressed(e);
            throw damaged;
        }
    }
}
