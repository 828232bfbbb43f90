package org.understudy.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.WriteFailedException;
import org.understudy.thread.Stage;

/** Says what RocksDB's errors mean here, and remembers the first failed write: it is final (protocol.md §2.4). */
final class Failures {
    private static final Logger LOG = System.getLogger("org.understudy.store");

    private final Place place;
    private final CompletableFuture<WriteFailedException> first = new Stage<>();
    private volatile boolean unsound;

    Failures(Place place) {
        this.place = place;
    }

    /** Completed with the first failed write. */
    CompletionStage<WriteFailedException> first() {
        return first.copy();
    }

    boolean any() {
        return first.isDone();
    }

    /** Whether nothing should be added to what is on disk any more: a write failed, or what was read is not what was written. */
    boolean isUnsound() {
        return unsound || any();
    }

    /** Refuses further writes after one that failed. */
    void refuseAfterFailure() {
        if (first.isDone()) {
            throw new WriteFailedException(
                    place,
                    "An earlier write of this environment failed, so this one is refused; close the environment, see to the"
                            + " disk, and open it anew",
                    first.join());
        }
    }

    /** What to throw when a write failed; every later one is refused. */
    WriteFailedException writing(String what, Throwable cause) {
        WriteFailedException failure = new WriteFailedException(
                place,
                what + " (" + cause.getMessage()
                        + "); nothing more is written: close the environment, see to the disk, and open it anew",
                cause);
        if (first.complete(failure)) {
            LOG.log(Level.ERROR, "USTDY-0401: [" + place + "] " + what, cause);
        }
        return failure;
    }

    /** What to throw when the data could not be read. */
    EnvironmentCorruptedException reading(RocksDBException cause) {
        unsound = true;
        EnvironmentCorruptedException failure = corrupted(cause.getMessage(), cause);
        LOG.log(Level.ERROR, "USTDY-0402: " + failure.getMessage());
        return failure;
    }

    /** What to throw when the data is not what it must be. */
    EnvironmentCorruptedException corrupted(String what, Throwable cause) {
        return new EnvironmentCorruptedException(
                place,
                "The data can't be read (" + what
                        + "); put an intact copy in its place: start with an empty home and join the group again",
                cause);
    }

    /** What to throw when the data could not be opened. */
    RuntimeException opening(RocksDBException cause) {
        Status status = cause.getStatus();
        boolean corrupted = status != null && status.getCode() == Status.Code.Corruption;
        return corrupted
                ? reading(cause)
                : new WriteFailedException(
                        place,
                        "The data can't be opened (" + cause.getMessage()
                                + "); see to the disk and its permissions, and open the environment again",
                        cause);
    }
}
