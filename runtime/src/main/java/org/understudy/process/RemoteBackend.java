package org.understudy.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.understudy.AckPolicy;
import org.understudy.BackupInfo;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentDigest;
import org.understudy.ForceMasterReport;
import org.understudy.InsufficientAcksException;
import org.understudy.Outcome;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.PreparedBranch;
import org.understudy.RecordTooLargeException;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.UndoneTransaction;
import org.understudy.VerifyReport;
import org.understudy.backend.AnswerMessage;
import org.understudy.backend.Backend;
import org.understudy.backend.BackendTransaction;
import org.understudy.backend.Destination;
import org.understudy.backend.RoleState;
import org.understudy.backend.Write;
import org.understudy.event.Subscription;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;
import org.understudy.thread.Stage;

/**
 * The environment of a subordinate: everything is asked of the process that has the home (protocol.md §11). When that is gone,
 * calls fail with what is true then: a commit under way may have been made or not, everything else may be tried again.
 */
public final class RemoteBackend implements Backend {
    private final Place place;
    private final Attachment attachment;
    private final Consumer<InsufficientAcksException> onPermFailed;
    private volatile Optional<Status> lastStatus = Optional.empty();
    private volatile boolean closed;

    /** {@code onPermFailed} is told of commits of this process whose policy was not met. */
    public RemoteBackend(
            EnvironmentConfig config, Attachment attachment, Consumer<InsufficientAcksException> onPermFailed) {
        this.place = new Place(config.name(), attachment.localSite());
        this.attachment = attachment;
        this.onPermFailed = onPermFailed;
    }

    // ---- asking ----

    private <R> R ask(Request<R> request) {
        return ask(request, this::gone);
    }

    private <R> R ask(Request<R> request, Supplier<RuntimeException> ifLost) {
        Call call = borrow();
        try {
            return call.ask(request);
        } catch (IOException e) {
            call.close();
            throw ifLost.get();
        } finally {
            attachment.giveBack(call);
        }
    }

    /** A connection for calls, to be given back. */
    Call borrow() {
        checkOpen();
        try {
            return attachment.borrow();
        } catch (SilenceException e) {
            throw new UnavailableException(
                    place, "Process " + attachment.pid() + ", which has the home, does not answer; try again", e);
        } catch (IOException e) {
            throw attachment.lost().isDone() ? gone() : new UnavailableException(place, e.getMessage(), e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new EnvironmentClosedException(place, "The environment is closed; open it anew");
        }
    }

    private <R> CompletableFuture<R> run(Errand<R> errand) {
        checkOpen();
        return attachment.run(attachment.nextNumber(), errand, this::gone);
    }

    /** What a call fails with that certainly did nothing lasting, or may be done again. */
    RuntimeException gone() {
        if (closed) {
            return new EnvironmentClosedException(place, "The environment is closed; open it anew");
        }
        return new UnavailableException(
                place,
                "Process " + attachment.pid() + ", which had the home, " + attachment.fate()
                        + ", and what was begun there is lost; try again: whichever process has the home next takes it up");
    }

    /** What a commit fails with that may have been made. */
    RuntimeException unknown() {
        return new OutcomeUnknownException(
                place,
                CommitToken.NONE,
                "process " + attachment.pid() + ", which had the home, " + attachment.fate()
                        + ", and had not told the outcome");
    }

    Attachment attachment() {
        return attachment;
    }

    /** A commit of this process has failed; the event for that comes here, too. */
    RuntimeException failed(RuntimeException failure) {
        if (failure instanceof InsufficientAcksException insufficient) {
            onPermFailed.accept(insufficient);
        }
        return failure;
    }

    /** The same for a commit that nobody waits for. */
    <R> CompletionStage<R> watched(CompletionStage<R> commit) {
        return commit.whenComplete((token, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RuntimeException exception) {
                failed(exception);
            }
        });
    }

    // ---- data ----

    @Override
    public void check() {
        ask(new Request.Check());
    }

    @Override
    public Optional<byte[]> get(String database, byte[] key) {
        return ask(new Request.Get(database, key));
    }

    @Override
    public Set<String> databaseNames() {
        return ask(new Request.Names());
    }

    @Override
    public List<PreparedBranch> prepared() {
        return ask(new Request.Prepared());
    }

    @Override
    public BackendTransaction begin(TransactionOptions options) {
        return options.consistency().equals(Consistency.LOCAL)
                ? begunLater(options)
                : begun(new Request.Begin(options), options);
    }

    /** Saves a round trip: it begins with what is asked of it first. */
    private RemoteTransaction begunLater(TransactionOptions options) {
        Call call = borrow();
        try {
            call.note(new Note.Begin(options));
            return new RemoteTransaction(this, call, options.readOnly());
        } catch (IOException e) {
            call.close();
            attachment.giveBack(call);
            throw gone();
        }
    }

    private RemoteTransaction begun(Request<Void> begin, TransactionOptions options) {
        Call call = borrow();
        try {
            call.ask(begin);
            return new RemoteTransaction(this, call, options.readOnly());
        } catch (IOException e) {
            call.close();
            attachment.giveBack(call);
            throw gone();
        } catch (RuntimeException e) {
            attachment.giveBack(call);
            throw e;
        }
    }

    @Override
    public CompletionStage<BackendTransaction> beginStaged(TransactionOptions options) {
        if (options.consistency().equals(Consistency.LOCAL)) {
            return Stage.completed(begin(options));
        }
        checkOpen();
        long number = attachment.nextNumber();
        return attachment
                .run(number, new Errand.BeginStaged(options, number), this::gone)
                .thenApply(done -> begun(new Request.GoOn(number), options));
    }

    /** More than any record may have is not even sent. */
    void checkSize(long bytes) {
        if (bytes > ProcessLimits.MAX_WRITE_BYTES) {
            throw new RecordTooLargeException(place, bytes, ProcessLimits.MAX_WRITE_BYTES);
        }
    }

    private void checkSize(Write write) {
        if (write instanceof Write.Put put) {
            checkSize(put.key().length + (long) put.value().length);
        }
    }

    @Override
    public CommitToken commit(Write write) {
        checkSize(write);
        try {
            return ask(new Request.CommitAlone(write), this::unknown);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public CompletionStage<CommitToken> commitStaged(Write write) {
        checkOpen();
        checkSize(write);
        return watched(attachment.run(attachment.nextNumber(), new Errand.CommitAlone(write), this::unknown));
    }

    // ---- the group ----

    @Override
    public CompletionStage<Void> start() {
        return run(new Errand.Start());
    }

    @Override
    public CompletionStage<Outcome> outcome(CommitToken token, Duration timeout) {
        return run(new Errand.OutcomeOf(token, timeout));
    }

    @Override
    public RoleState role() {
        return ask(new Request.RoleNow());
    }

    @Override
    public Status status() {
        return closed ? lastStatus.orElseThrow(this::gone) : heldElsewhere(ask(new Request.StatusNow()));
    }

    private static Status heldElsewhere(Status holders) {
        return holders.with(holders.process().ofSubordinate());
    }

    @Override
    public CompletionStage<Void> order(Command command) {
        return run(new Errand.Order(command));
    }

    @Override
    public CompletionStage<Void> allow(Hold what) {
        return run(new Errand.Allow(what));
    }

    @Override
    public CompletionStage<Void> appoint(Role role) {
        return run(new Errand.Appoint(role));
    }

    @Override
    public CompletionStage<ForceMasterReport> examineForce() {
        return run(new Errand.ExamineForce());
    }

    @Override
    public CompletionStage<Void> forceMaster(Set<String> lost) {
        return run(new Errand.ForceMaster(lost));
    }

    @Override
    public void startElection() {
        ask(new Request.StartElection());
    }

    @Override
    public AckPolicy ackPolicy() {
        return ask(new Request.AckPolicyNow());
    }

    @Override
    public void changeAckPolicy(AckPolicy policy) {
        ask(new Request.ChangeAckPolicy(policy));
    }

    // ---- the operator's ----

    @Override
    public Stream<UndoneTransaction> rolledBack() {
        return new RemoteUndone(this, borrow()).stream();
    }

    @Override
    public BackupInfo backup(Path directory) {
        return ask(new Request.Backup(directory.toAbsolutePath()));
    }

    @Override
    public VerifyReport verify() {
        return ask(new Request.Verify());
    }

    @Override
    public EnvironmentDigest digest(long lsn) {
        return ask(new Request.Digest(lsn));
    }

    // ---- messages ----

    @Override
    public void send(Destination to, String topic, List<byte[]> parts) {
        try {
            run(new Errand.SendMessage(to, topic, parts)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public CompletionStage<AnswerMessage> ask(Destination to, String topic, Duration timeout, List<byte[]> parts) {
        return run(new Errand.AskWithMessage(to, topic, timeout, parts));
    }

    /** Has a handler of this process given the messages of a topic that come to the site; empty for all without one. */
    public Subscription handle(String topic, DeliveryHandler handler) {
        checkOpen();
        return attachment.handlers().add(topic, handler, this::gone);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            lastStatus = Optional.of(status());
        } catch (UnavailableException e) {
            lastStatus = Optional.empty();
        }
        closed = true;
        attachment.close();
    }
}
