package org.understudy.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.understudy.AckPolicy;
import org.understudy.BackupInfo;
import org.understudy.BranchId;
import org.understudy.Channel;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.EnvironmentDigest;
import org.understudy.ForceMasterReport;
import org.understudy.Isolation;
import org.understudy.Outcome;
import org.understudy.Place;
import org.understudy.PreparedBranch;
import org.understudy.ProcessStatus;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.StorageKind;
import org.understudy.TransactionOptions;
import org.understudy.UndoneTransaction;
import org.understudy.VerifyReport;
import org.understudy.backend.AnswerMessage;
import org.understudy.backend.Backend;
import org.understudy.backend.BackendTransaction;
import org.understudy.backend.Destination;
import org.understudy.backend.RoleState;
import org.understudy.backend.Write;
import org.understudy.process.SubordinateServer;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;
import org.understudy.site.verify.Verifier;
import org.understudy.store.BlindWrite;
import org.understudy.store.Commit;
import org.understudy.store.DatabaseCommand;
import org.understudy.store.Preparation;
import org.understudy.store.Store;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.LibraryThread;
import org.understudy.thread.Stage;

/** An environment of this process's own: what stands behind the handles is its storage and its site. */
final class LocalBackend implements Backend {
    private final EnvironmentConfig config;
    private final Duration readTimeout;
    private final Usability usability;
    private final Storage storage;
    private final Store store;
    private final Site site;
    private final Commits commits;
    private final Decisions decisions;
    private final Closing closing;
    private final Messenger messenger;
    private final boolean forSubordinates;
    private final IntSupplier attached;
    private volatile Optional<SubordinateServer> server = Optional.empty();

    LocalBackend(
            EnvironmentConfig config,
            Usability usability,
            Storage storage,
            Dispatcher dispatcher,
            Site site,
            Messenger messenger) {
        this.config = config;
        this.readTimeout = config.readTimeout();
        this.usability = usability;
        this.storage = storage;
        this.store = storage.store();
        this.site = site;
        this.messenger = messenger;
        this.commits = new Commits(config, usability, site);
        this.closing = new Closing(
                config, usability, storage, dispatcher, site, messenger, this::isTakenOver, this::stopServing);
        new RemoteDigests(Place.of(config), messenger).answerWith(this::digest);
        this.forSubordinates = false;
        this.decisions = decisions();
        this.attached = () -> server.map(SubordinateServer::attached).orElse(0);
    }

    /** The same as other processes of this site see it: their commits' events are told there (protocol.md §11). */
    private LocalBackend(LocalBackend own) {
        this.config = own.config;
        this.readTimeout = own.readTimeout;
        this.usability = own.usability;
        this.storage = own.storage;
        this.store = own.store;
        this.site = own.site;
        this.messenger = own.messenger;
        this.commits = own.commits;
        this.closing = own.closing;
        this.forSubordinates = true;
        this.decisions = decisions();
        this.attached = own.attached;
    }

    private Decisions decisions() {
        return new Decisions(
                Place.of(config),
                commits,
                site,
                readTimeout,
                () -> onNewestSnapshot(TransactionOptions.READ_ONLY),
                forSubordinates);
    }

    /** Lets other processes use this environment (protocol.md §11), where its home is one that others can find. */
    void serveOthers() {
        if (config.storage() == StorageKind.DISK && config.subordinates()) {
            server = SubordinateServer.start(
                    config, new LocalBackend(this), messenger, LibraryThread::create, site::subordinates);
            server.ifPresent(serving -> site.onRole(serving::tell));
        } else if (config.storage() == StorageKind.DISK) {
            SubordinateServer.refuse(config);
        }
    }

    private boolean isTakenOver() {
        return server.filter(SubordinateServer::hasCandidates).isPresent();
    }

    private void stopServing(long mastership) {
        server.ifPresent(serving -> serving.close(mastership));
    }

    @Override
    public void check() {
        usability.check();
    }

    /** Commits on these terms, and waits. */
    CommitToken commit(Commit commit, int bytes, TransactionOptions options) {
        return commits.commit(commit, bytes, options, forSubordinates);
    }

    /** Commits on these terms without waiting. */
    CompletionStage<CommitToken> commitStaged(Commit commit, int bytes, TransactionOptions options) {
        return commits.commitStaged(commit, bytes, options, forSubordinates);
    }

    /** Has a transaction promise to commit as a branch. */
    void prepare(BranchId branch, StoreTransaction transaction, TransactionOptions options) {
        String name = config.localSite().orElse(config.name());
        Preparation preparation = new Preparation(branch, name, System.currentTimeMillis(), transaction);
        commit(preparation, preparation.bytes(), commits.promising(options));
    }

    /** Reads, and stops the site if what is read is damaged. */
    <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (EnvironmentCorruptedException e) {
            damaged(e);
            throw e;
        }
    }

    /** Something read is not what was written (protocol.md §2.4). */
    void damaged(EnvironmentCorruptedException damage) {
        usability.end(() -> damage);
        site.fail(damage);
    }

    // ---- data ----

    @Override
    public Optional<byte[]> get(String database, byte[] key) {
        usability.check();
        try {
            return store.get(database, key);
        } catch (EnvironmentCorruptedException e) {
            damaged(e);
            throw e;
        }
    }

    @Override
    public Set<String> databaseNames() {
        usability.check();
        return store.databaseNames();
    }

    @Override
    public List<PreparedBranch> prepared() {
        usability.check();
        return reading(store::preparedBranches);
    }

    @Override
    public BackendTransaction begin(TransactionOptions options) {
        usability.check();
        return isPlain(options)
                ? new LocalTransaction(this, onNewestSnapshot(options), options)
                : Commits.await(beginStaged(options));
    }

    @Override
    public CompletionStage<BackendTransaction> beginStaged(TransactionOptions options) {
        usability.check();
        CompletionStage<StoreTransaction> begun = isPlain(options)
                ? Stage.completed(onNewestSnapshot(options))
                : site.begin(
                        options.consistency(),
                        options.readTimeout().orElse(readTimeout),
                        () -> onNewestSnapshot(options));
        return begun.thenApply(transaction -> new LocalTransaction(this, transaction, options));
    }

    private static boolean isPlain(TransactionOptions options) {
        return options.consistency().equals(Consistency.LOCAL);
    }

    private StoreTransaction onNewestSnapshot(TransactionOptions options) {
        boolean protectsScans = options.isolation() == Isolation.SERIALIZABLE;
        return store.begin(options.readOnly(), protectsScans, options.noWait());
    }

    @Override
    public CommitToken commit(Write write) {
        return write instanceof Write.Decide decide
                ? decisions.decide(decide)
                : commit(commitOf(write), bytesOf(write), TransactionOptions.DEFAULT);
    }

    @Override
    public CompletionStage<CommitToken> commitStaged(Write write) {
        return Commits.attempt(() -> write instanceof Write.Decide decide
                ? decisions.decideStaged(decide)
                : commitStaged(commitOf(write), bytesOf(write), TransactionOptions.DEFAULT));
    }

    private static Commit commitOf(Write write) {
        if (write instanceof Write.Put put) {
            return BlindWrite.put(put.database(), put.key(), put.value());
        } else if (write instanceof Write.Truncate truncate) {
            return BlindWrite.truncate(truncate.database());
        } else if (write instanceof Write.Remove remove) {
            return DatabaseCommand.remove(remove.database());
        }
        Write.Rename rename = (Write.Rename) write;
        return DatabaseCommand.rename(rename.from(), rename.to());
    }

    private static int bytesOf(Write write) {
        return write instanceof Write.Put put ? put.key().length + put.value().length : 0;
    }

    // ---- the group ----

    @Override
    public CompletionStage<Void> start() {
        usability.check();
        return site.start();
    }

    @Override
    public CompletionStage<Outcome> outcome(CommitToken token, Duration timeout) {
        usability.check();
        return site.outcome(token, timeout);
    }

    @Override
    public RoleState role() {
        return site.role();
    }

    @Override
    public Status status() {
        return closing.lastStatus().orElseGet(site::status).with(ProcessStatus.ofHolder(attached.getAsInt()));
    }

    @Override
    public CompletionStage<Void> order(Command command) {
        usability.check();
        return site.order(command);
    }

    @Override
    public CompletionStage<Void> allow(Hold what) {
        usability.check();
        return site.allow(what);
    }

    @Override
    public CompletionStage<Void> appoint(Role role) {
        usability.check();
        return site.appoint(role);
    }

    @Override
    public CompletionStage<ForceMasterReport> examineForce() {
        usability.check();
        return site.examineForce();
    }

    @Override
    public CompletionStage<Void> forceMaster(Set<String> lost) {
        usability.check();
        return site.forceMaster(lost);
    }

    @Override
    public AckPolicy ackPolicy() {
        usability.check();
        return commits.ackPolicy();
    }

    @Override
    public void changeAckPolicy(AckPolicy policy) {
        usability.check();
        commits.ackPolicy(policy);
    }

    @Override
    public void startElection() {
        usability.check();
        site.startElection();
    }

    // ---- the operator's ----

    @Override
    public Stream<UndoneTransaction> rolledBack() {
        return store.rolledBack();
    }

    @Override
    public BackupInfo backup(Path directory) {
        usability.check();
        return storage.backups().make(directory);
    }

    @Override
    public VerifyReport verify() {
        usability.check();
        return new Verifier(storage.log(), store).verify();
    }

    @Override
    public EnvironmentDigest digest(long lsn) {
        usability.check();
        return new Verifier(storage.log(), store).digest(lsn);
    }

    // ---- messages ----

    @Override
    public void send(Destination to, String topic, List<byte[]> parts) {
        try (Channel channel = to.open(messenger)) {
            channel.topic(topic).send(parts.toArray());
        }
    }

    @Override
    public CompletionStage<AnswerMessage> ask(Destination to, String topic, Duration timeout, List<byte[]> parts) {
        Channel channel = to.open(messenger);
        return channel.topic(topic)
                .requestAsync(timeout, parts.toArray())
                .thenApply(AnswerMessage::of)
                .whenComplete((answer, failure) -> channel.close());
    }

    @Override
    public void close() {
        closing.close();
    }
}
