package org.understudy.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.AckPolicy;
import org.understudy.CommitStatus;
import org.understudy.CommitToken;
import org.understudy.CommitUnknownException;
import org.understudy.ConnectionStatus;
import org.understudy.Consistency;
import org.understudy.Durability;
import org.understudy.ElectionStatus;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.ForceMasterReport;
import org.understudy.ForwardingStatus;
import org.understudy.LeaseStatus;
import org.understudy.LocalStatus;
import org.understudy.LogStatus;
import org.understudy.MessageStatus;
import org.understudy.Outcome;
import org.understudy.Place;
import org.understudy.ProcessStatus;
import org.understudy.RecordStatus;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.Status;
import org.understudy.SyncPhase;
import org.understudy.TransferStatus;
import org.understudy.UnavailableException;
import org.understudy.backend.RoleState;
import org.understudy.event.EventOrigin;
import org.understudy.event.WriteFailed;
import org.understudy.log.file.Log;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;
import org.understudy.site.commit.AppendedBatch;
import org.understudy.site.commit.CommitCounts;
import org.understudy.site.commit.EarlyForce;
import org.understudy.site.commit.Tail;
import org.understudy.site.commit.TailListener;
import org.understudy.site.commit.TailTerms;
import org.understudy.site.drive.LogTrimmer;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;
import org.understudy.site.thread.Worker;
import org.understudy.store.Store;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.Stage;

/** An environment on its own: always its own master, in generation 0, with nobody to wait for but the disk. */
final class LocalSite implements Site {
    private static final RoleState ROLE = new RoleState(Role.MASTER, 0, Optional.empty());
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final EnvironmentConfig config;
    private final Place place;
    private final UUID incarnation;
    private final Log log;
    private final Store store;
    private final Dispatcher dispatcher;
    private final Messenger messenger;
    private final Worker writer;
    private final Housekeeping housekeeping;
    private final Tail tail;
    private final EarlyForce earlyForce;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    LocalSite(EnvironmentConfig config, Storage storage, Dispatcher dispatcher, Messenger messenger) {
        this.config = config;
        this.place = Place.of(config);
        this.incarnation = storage.ballot().incarnation();
        this.log = storage.log();
        this.store = storage.store();
        this.dispatcher = dispatcher;
        this.messenger = messenger;
        this.writer = new Worker("understudy-" + config.name() + "-writer");
        this.tail = new Tail(place, log, store, writer, new Listener(), this::closed);
        LogTrimmer trimmer = new LogTrimmer(log, store, config, () -> Long.MAX_VALUE, start -> {});
        this.housekeeping = new Housekeeping(
                place, storage, () -> trimmer.trim(trimmer.question().keptLsn()));
        this.earlyForce = new EarlyForce(log, housekeeping.worker(), tail::fail);
        store.failure().thenAccept(tail::fail);
        boolean forced = config.durability() == Durability.SYNC;
        tail.open(new TailTerms(incarnation, 0, false, forced), Optional.empty(), Optional.empty(), tail.closings());
        housekeeping.start(tail::exclusively);
    }

    @Override
    public Tail tail() {
        return tail;
    }

    @Override
    public Optional<Forwarder> forwarder() {
        return Optional.empty();
    }

    @Override
    public boolean outOfReach(AckPolicy policy) {
        return false;
    }

    @Override
    public RoleState role() {
        return ROLE;
    }

    @Override
    public CompletionStage<Void> start() {
        return Stage.completed(null);
    }

    @Override
    public CompletionStage<Void> order(Command command) {
        return Stage.failed(new UnavailableException(
                place,
                "This environment has no local site, so there is no group to order this in: configure local-site"));
    }

    /** Everything here is permanent and the latest there is. */
    @Override
    public CompletionStage<StoreTransaction> begin(
            Consistency consistency, Duration timeout, Supplier<StoreTransaction> begin) {
        boolean unknown = consistency instanceof Consistency.AtLeast atLeast && !holds(atLeast.token());
        return unknown
                ? Stage.failed(new CommitUnknownException(place, ((Consistency.AtLeast) consistency).token()))
                : Stage.completed(begin.get());
    }

    @Override
    public CompletionStage<Outcome> outcome(CommitToken token, Duration timeout) {
        return Stage.completed(holds(token) ? Outcome.PERMANENT : Outcome.UNKNOWN);
    }

    private boolean holds(CommitToken token) {
        if (!token.group().equals(incarnation)) {
            throw new IllegalArgumentException("[" + place + "] token " + token + " names a commit of " + token.group()
                    + "; this environment is " + incarnation);
        }
        return token.generation() == 0 && token.lsn() <= store.applied().lsn();
    }

    @Override
    public CompletionStage<Void> allow(Hold what) {
        return what == Hold.SYNCHRONISATION
                ? Stage.completed(null)
                : Stage.failed(new UnavailableException(place, "No rollback waits to be allowed: there is no group"));
    }

    @Override
    public CompletionStage<Void> appoint(Role role) {
        return Stage.failed(stays());
    }

    private RuntimeException stays() {
        return new UnavailableException(
                place,
                "This environment has no local site, so it is the only one and stays master: configure local-site");
    }

    @Override
    public CompletionStage<ForceMasterReport> examineForce() {
        return Stage.failed(stays());
    }

    @Override
    public CompletionStage<Void> forceMaster(Set<String> lost) {
        return Stage.failed(stays());
    }

    @Override
    public void startElection() {
        // It is master, and an election is not held while a master is heard.
    }

    @Override
    public void fail(RuntimeException reason) {
        tail.fail(reason);
    }

    @Override
    public Status status() {
        Standing last = log.last();
        Optional<String> reason = Optional.ofNullable(failure.get()).map(Throwable::getMessage);
        LocalStatus local = new LocalStatus(
                config.name(),
                Optional.empty(),
                OptionalInt.empty(),
                incarnation,
                Optional.empty(),
                Role.MASTER,
                SyncPhase.NONE,
                0,
                Optional.empty(),
                last,
                last.lsn(),
                store.applied().lsn(),
                log.forcedLsn(),
                last.lsn() - store.applied().lsn(),
                config.priority(),
                false,
                Optional.empty(),
                reason.isEmpty(),
                true,
                true,
                reason.isEmpty(),
                reason);
        CommitCounts counts = tail.counts();
        return new Status(
                local,
                List.of(),
                new LogStatus(log.startLsn(), last.lsn(), log.bytes(), log.segments(), List.of()),
                new CommitStatus(counts.written(), 0, counts.conflicts(), 0),
                ElectionStatus.NONE,
                new TransferStatus(SyncPhase.NONE, 0, 0, 0, 0, 0, 0, 0),
                new ConnectionStatus(0, 0, 0, 0, 0, 0),
                MessageStatus.NONE,
                RecordStatus.NONE,
                LeaseStatus.NONE,
                messenger.status(),
                ForwardingStatus.NONE,
                housekeeping.prepared(),
                ProcessStatus.ofHolder(0));
    }

    @Override
    public void onRole(Consumer<RoleState> listener) {
        // It is its own master, always.
    }

    @Override
    public void subordinates(boolean present) {
        // There is nobody whom that concerns.
    }

    @Override
    public void takeOver(long mastership) {
        // Whoever has the home is master.
    }

    @Override
    public void close(boolean takenOver) {
        tail.close(this::closed);
        tail.settle();
        writer.close(ENDING);
        housekeeping.worker().close(ENDING);
    }

    private RuntimeException closed() {
        return new EnvironmentClosedException(place, "The environment is closed; open it anew");
    }

    /** Nobody ships what is appended, and what waits for a force is told by those who force. */
    private final class Listener implements TailListener {
        @Override
        public void appended(AppendedBatch batch) {
            housekeeping.permanent(batch.records().lastLsn());
            earlyForce.appended();
        }

        @Override
        public void forced(Standing standing) {}

        @Override
        public void failed(RuntimeException reason) {
            failure.set(reason);
            Standing last = log.last();
            EventOrigin origin = new EventOrigin(config.name(), Optional.empty(), 0, last.lsn(), 1);
            dispatcher.fire(new WriteFailed(origin, reason.getMessage()));
        }
    }
}
