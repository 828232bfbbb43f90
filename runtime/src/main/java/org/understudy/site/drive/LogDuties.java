package org.understudy.site.drive;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.understudy.CommitToken;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.RecordBatch;
import org.understudy.log.file.BallotFile;
import org.understudy.log.file.Log;
import org.understudy.net.Transport;
import org.understudy.net.WireLimits;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.site.thread.Worker;
import org.understudy.site.transfer.Throttle;
import org.understudy.store.Lockout;
import org.understudy.store.Store;
import org.understudy.store.Undone;

/** Reads the log for other sites, takes it back, and saves the ballot. On the loop; what takes long elsewhere. */
public final class LogDuties {
    /** What one message of a stream's backlog carries. */
    private static final int SHIP_BYTES = 1 << 20;

    private final Log log;
    private final Store store;
    private final BallotFile ballots;
    private final Worker writer;
    private final Worker keeper;
    private final EventLoop loop;
    private final Driver driver;
    private final ClientWriter clientWriter;
    private final Transport transport;
    private final Throttle throttle;
    private final LogTrimmer trimmer;
    private final Consumer<RuntimeException> onFailure;
    private volatile long rolledBackRecords;

    /** Long reading is done by {@code keeper}, writing by {@code writer}. */
    public LogDuties(
            Log log,
            Store store,
            BallotFile ballots,
            Worker writer,
            Worker keeper,
            EventLoop loop,
            Driver driver,
            ClientWriter clientWriter,
            Transport transport,
            Throttle throttle,
            LogTrimmer trimmer,
            Consumer<RuntimeException> onFailure) {
        this.log = log;
        this.store = store;
        this.ballots = ballots;
        this.writer = writer;
        this.keeper = keeper;
        this.loop = loop;
        this.driver = driver;
        this.clientWriter = clientWriter;
        this.transport = transport;
        this.throttle = throttle;
        this.trimmer = trimmer;
        this.onFailure = onFailure;
    }

    /** Replaces and forces the ballot; the driver pauses until that is done (protocol.md §2.2). */
    public void saveBallot(Ballot ballot) {
        Runnable resume = driver.pause();
        writer.submitFirst(() -> {
            try {
                ballots.write(ballot);
            } catch (RuntimeException e) {
                driver.ballotFailed(new Input.WriteFailed(String.valueOf(e.getMessage())));
                onFailure.accept(e);
            }
            resume.run();
        });
    }

    /** Sends the log's newest records as the beginning of a stream; they are mostly in memory. */
    public void ship(Effect.ShipFromLog effect) {
        Standing previous = effect.previous();
        try {
            while (previous.lsn() < effect.toLsn()) {
                RecordBatch next = log.read(previous.lsn() + 1, effect.toLsn(), SHIP_BYTES);
                transport.send(effect.to(), append(effect, previous, next));
                previous = next.last();
            }
        } catch (NoSuchElementException e) {
            transport.disconnect(effect.to(), "its backlog was trimmed from the log meanwhile: " + e.getMessage());
        }
    }

    private static Message.Append append(Effect.ShipFromLog effect, Standing previous, RecordBatch records) {
        return new Message.Append(
                effect.generation(),
                effect.mastershipId(),
                effect.stream(),
                previous,
                records,
                effect.permanentLsn(),
                effect.toLsn());
    }

    /** Answers a request for a range of the log. */
    public void serve(Effect.ServeRange effect) {
        keeper.submit(() -> {
            Message answer =
                    new Message.RangeAnswer(effect.request().request(), effect.previous(), read(effect.request()));
            loop.execute(() -> throttle.send(effect.to(), answer));
        });
    }

    private Optional<RecordBatch> read(Message.RangeRequest request) {
        if (store.isPartial()) {
            return Optional.empty(); // no source for others (protocol.md §5)
        }
        int most = throttle.rangeBytes(Math.min(request.maxBytes(), WireLimits.MAX_PAYLOAD_BYTES));
        try {
            return Optional.of(log.read(request.fromLsn(), request.toLsn(), most));
        } catch (NoSuchElementException e) {
            return Optional.empty(); // trimmed since it was asked for: the asker verifies anew
        }
    }

    /** Gives up the beginning of the log. */
    public void trim(Effect.Trim effect) {
        keeper.submit(() -> {
            try {
                trimmer.trim(effect.keepFromLsn());
            } catch (RuntimeException e) {
                onFailure.accept(e);
            }
        });
    }

    /** Undoes everything above the match point in the data, then cuts the log (protocol.md §2.1, §5). */
    public void rollBack(Standing matchPoint, UUID group) {
        clientWriter.inOrder(() -> {
            Lockout lockout = store.lockOut();
            try {
                long last = log.last().lsn();
                Undone undone = store.rollback(log::read, matchPoint, last);
                log.cut(matchPoint.lsn());
                store.cutDone();
                rolledBackRecords += last - matchPoint.lsn();
                Input done =
                        new Input.RollbackDone(log.last(), store.history(), store.members(), tokens(group, undone));
                loop.execute(() -> {
                    // Reads go on once the event is queued.
                    driver.input(done);
                    lockout.close();
                });
            } catch (RuntimeException e) {
                lockout.close();
                throw e;
            }
        });
    }

    /** How many records were undone since the environment was opened. */
    public long rolledBackRecords() {
        return rolledBackRecords;
    }

    private static List<CommitToken> tokens(UUID group, Undone undone) {
        return undone.transactions().stream()
                .map(standing -> new CommitToken(group, standing.generation(), standing.lsn()))
                .toList();
    }
}
