package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.ForceMasterReport;
import org.understudy.NotMasterException;
import org.understudy.Outcome;
import org.understudy.Place;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.Status;
import org.understudy.StorageKind;
import org.understudy.WriteFailedException;
import org.understudy.backend.RoleState;
import org.understudy.protocol.Command;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Hold;
import org.understudy.protocol.Input;
import org.understudy.site.commit.AppendedBatch;
import org.understudy.site.commit.Tail;
import org.understudy.site.commit.TailListener;
import org.understudy.site.drive.Announcements;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.Stage;

/** An environment that is one of a group: it starts, is asked things, fails and stops; the rooms behind it do the work. */
final class GroupSite implements Site, Announcements, TailListener {
    private static final Logger LOGGER = System.getLogger(GroupSite.class.getName());
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final EnvironmentConfig config;
    private final Place place;
    private final Usability usability;
    private final Dispatcher dispatcher;
    private final Requests requests;
    private final Readiness readiness;
    private final GroupRooms rooms;
    private final SnapshotRequests snapshots;
    private final Forwarder forwarder;
    private final EventWarnings warnings;
    private final boolean forwards;
    private final GroupStatus status;
    private final AtomicReference<RuntimeException> trouble = new AtomicReference<>();
    private volatile Consumer<RoleState> onRole = state -> {};
    private volatile RoleState role;
    private volatile GroupStatus.Picture lastPicture;
    private volatile boolean halted;
    private volatile boolean closed;

    /** To be made on a thread of the library's own. */
    GroupSite(
            EnvironmentConfig config,
            Usability usability,
            Storage storage,
            Dispatcher dispatcher,
            Messenger messenger) {
        this.config = config;
        this.place = Place.of(config);
        this.usability = usability;
        this.dispatcher = dispatcher;
        this.requests = new Requests(place);
        this.readiness = new Readiness(place, config.elections());
        this.role = new RoleState(Role.UNKNOWN, storage.ballot().highestGeneration(), Optional.empty());
        this.status = new GroupStatus(config, storage, messenger);
        this.rooms = new GroupRooms(config, storage, this, messenger);
        this.snapshots = new SnapshotRequests(
                place, storage.store(), rooms::group, input -> rooms.driver().post(input));
        this.warnings = new EventWarnings(place, () -> rooms.last());
        this.forwards = config.forwardWrites();
        this.forwarder = new Forwarder(
                place,
                storage.store(),
                rooms::group,
                () -> role.master(),
                input -> rooms.driver().post(input),
                config.forwardTimeout());
        this.lastPicture = rooms.picture();
        storage.store().failure().thenAccept(rooms.tail()::fail);
    }

    @Override
    public Tail tail() {
        return rooms.tail();
    }

    @Override
    public boolean outOfReach(AckPolicy policy) {
        return rooms.waiters().outOfReach(policy);
    }

    @Override
    public RoleState role() {
        return role;
    }

    // ---- what the application asks ----

    @Override
    public CompletionStage<Void> start() {
        long timeoutNanos = config.joinTimeout().toNanos();
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        return rooms.listen()
                .thenCompose(listening -> requests.join(number -> rooms.driver()
                        .post(new Input.Start(
                                number,
                                config.groupCreator(),
                                config.bootstrapHelpers(),
                                timeoutNanos / 1000,
                                config.storage() == StorageKind.MEMORY,
                                config.replace() || config.storage() == StorageKind.MEMORY,
                                GroupSettings.founding(config)))))
                .thenCompose(member -> untilReady(deadlineNanos))
                .thenRun(this::compareOwnPriority);
    }

    @Override
    public void takeOver(long mastership) {
        rooms.driver().post(new Input.TakeOver(mastership));
    }

    @Override
    public void subordinates(boolean present) {
        rooms.driver().post(new Input.Subordinates(present));
    }

    @Override
    public void onRole(Consumer<RoleState> listener) {
        onRole = listener;
    }

    /** What a site is configured with counts only until it has joined (protocol.md §1). */
    private void compareOwnPriority() {
        int inForce = status().local().priority();
        if (inForce != config.priority()) {
            LOGGER.log(
                    Level.INFO,
                    () -> "USTDY-0365 [" + place + "] the group knows this site by priority " + inForce
                            + ", and that holds, not the configured " + config.priority()
                            + "; change it with changePriority");
        }
    }

    private CompletionStage<Void> untilReady(long deadlineNanos) {
        CompletableFuture<Void> stage = new Stage<>();
        rooms.loop().execute(() -> {
            readiness.await(stage, deadlineNanos);
            turnEnded();
        });
        return stage;
    }

    @Override
    public CompletionStage<Void> order(Command command) {
        long timeoutMicros = config.handoverTimeout().toNanos() / 1000;
        return requests.order(number -> rooms.driver().post(new Input.Order(number, command, timeoutMicros)));
    }

    @Override
    public CompletionStage<Void> allow(Hold what) {
        return requests.order(number -> rooms.driver().post(new Input.Allow(number, what)));
    }

    @Override
    public CompletionStage<StoreTransaction> begin(
            Consistency consistency, Duration timeout, Supplier<StoreTransaction> begin) {
        return snapshots.begin(consistency, timeout, begin);
    }

    @Override
    public CompletionStage<Outcome> outcome(CommitToken token, Duration timeout) {
        return token.isForwarded()
                ? forwarder.outcome(token, timeout, snapshots::outcome)
                : snapshots.outcome(token, timeout);
    }

    @Override
    public CompletionStage<Void> appoint(Role to) {
        long timeoutMicros = config.handoverTimeout().toNanos() / 1000;
        return requests.order(number -> rooms.driver().post(new Input.Appoint(number, to, timeoutMicros)));
    }

    @Override
    public CompletionStage<ForceMasterReport> examineForce() {
        return requests.examine(number -> postForce(number, Optional.empty()));
    }

    @Override
    public CompletionStage<Void> forceMaster(Set<String> lost) {
        LOGGER.log(
                Level.WARNING,
                () -> "USTDY-0366 [" + place + "] the operator forces mastership here and gives up " + lost
                        + ", in generation " + role.generation() + ", at " + rooms.last());
        return requests.order(number -> postForce(number, Optional.of(lost)));
    }

    private void postForce(long number, Optional<Set<String>> lost) {
        long timeoutMicros = config.handoverTimeout().toNanos() / 1000;
        rooms.driver().post(new Input.ForceMaster(number, lost, timeoutMicros));
    }

    @Override
    public void startElection() {
        rooms.driver().post(new Input.StartElection());
    }

    @Override
    public Status status() {
        boolean responsive = closed || rooms.loop().isCurrent() || look();
        Optional<String> why = Optional.ofNullable(trouble.get()).map(Throwable::getMessage);
        return status.of(lastPicture, role, rooms.tail().counts(), responsive, why);
    }

    /** Takes a new picture; false if the event loop does not answer. */
    private boolean look() {
        CompletableFuture<GroupStatus.Picture> answer = new Stage<>();
        rooms.loop().execute(() -> answer.complete(rooms.picture()));
        try {
            lastPicture = answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    // ---- what the replica announces, on the loop ----

    @Override
    public void fire(Effect.Fire fire) {
        warnings.note(fire.event());
        dispatcher.fire(fire.event());
    }

    @Override
    public void roleChanged(Effect.RoleChanged now) {
        role = new RoleState(now.role(), now.generation(), now.master());
        onRole.accept(role);
        LOGGER.log(
                Level.INFO,
                () -> "USTDY-0361 [" + place + "] " + now.role() + " in generation " + now.generation() + ", master "
                        + now.master().orElse("unknown") + ", at " + rooms.last());
    }

    @Override
    public void permanentAdvanced(long lsn) {
        rooms.savePermanent(lsn);
    }

    @Override
    public void commandEnded(Effect.CommandEnded ended) {
        requests.ended(ended);
    }

    @Override
    public void forReader(Effect.ForReader effect) {
        snapshots.handle(effect);
    }

    @Override
    public void forwardEnded(Effect.ForwardEnded ended) {
        forwarder.ended(ended);
    }

    @Override
    public Optional<Forwarder> forwarder() {
        return forwards && role.role() != Role.MASTER ? Optional.of(forwarder) : Optional.empty();
    }

    @Override
    public void turnEnded() {
        if (readiness.isAwaited()) {
            readiness.look(rooms.driver().view(), System.nanoTime());
        }
    }

    @Override
    public long nextDeadlineMicros() {
        return readiness.nextDeadlineMicros();
    }

    @Override
    public void panicked(RuntimeException why) {
        stopForGood(why);
    }

    // ---- what the tail tells, on whatever thread ----

    @Override
    public void appended(AppendedBatch batch) {
        rooms.appended(batch);
    }

    @Override
    public void forced(Standing standing) {
        rooms.driver().post(new Input.Stored(standing));
    }

    @Override
    public void failed(RuntimeException reason) {
        if (trouble.compareAndSet(null, reason)) {
            LOGGER.log(Level.ERROR, "USTDY-0362 [" + place + "] writing failed at " + rooms.last(), reason);
        }
        rooms.driver().post(new Input.WriteFailed(String.valueOf(reason.getMessage())));
        if (!(reason instanceof WriteFailedException)) {
            stopForGood(reason);
        }
    }

    // ---- failing and stopping ----

    @Override
    public void fail(RuntimeException reason) {
        if (closed && reason instanceof EnvironmentClosedException) {
            return;
        }
        rooms.tail().fail(reason);
    }

    /** A broken promise or damaged data: the site takes no further part, and says so to everybody who asks. */
    private void stopForGood(RuntimeException why) {
        halted = true;
        trouble.set(why);
        LOGGER.log(Level.ERROR, "USTDY-0363 [" + place + "] stopped for good at " + rooms.last(), why);
        usability.end(() -> why);
        role = new RoleState(Role.UNKNOWN, role.generation(), Optional.empty());
        rooms.tail().close(() -> why);
        requests.failAll(why);
        snapshots.failAll(why);
        forwarder.failAll();
        rooms.loop().execute(() -> {
            readiness.failAll(why);
            rooms.halt(String.valueOf(why.getMessage()));
        });
    }

    /** What commits fail with where another site is master. */
    RuntimeException notMaster() {
        return new NotMasterException(place, role.master());
    }

    @Override
    public void close(boolean takenOver) {
        leave(takenOver);
        RuntimeException gone = new EnvironmentClosedException(place, "The environment is closed; open it anew");
        rooms.tail().close(() -> gone);
        look();
        closed = true;
        requests.failAll(gone);
        snapshots.failAll(gone);
        forwarder.failAll();
        rooms.close("site " + place.site().orElseThrow() + " closes", () -> readiness.failAll(gone));
        role = new RoleState(Role.UNKNOWN, role.generation(), Optional.empty());
    }

    private void leave(boolean takenOver) {
        if (halted) {
            return;
        }
        long timeoutNanos = config.handoverTimeout().toNanos();
        CompletableFuture<Void> stopped =
                requests.order(number -> rooms.driver().post(new Input.Stop(number, timeoutNanos / 1000, takenOver)));
        try {
            stopped.get(timeoutNanos + ANSWER.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0364 [" + place + "] closes without handing mastership over, at " + rooms.last() + ": " + e);
        }
    }
}
