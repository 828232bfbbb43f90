package org.understudy.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.understudy.BackupInfo;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.Codec;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentDigest;
import org.understudy.NotMasterException;
import org.understudy.Outcome;
import org.understudy.Place;
import org.understudy.PreparedBranch;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.Transaction;
import org.understudy.TransactionBody;
import org.understudy.TransactionFunction;
import org.understudy.TransactionOptions;
import org.understudy.UndoneTransaction;
import org.understudy.VerifyReport;
import org.understudy.backend.Backend;
import org.understudy.backend.RoleState;
import org.understudy.backend.Write;
import org.understudy.event.ReplicationListener;
import org.understudy.event.Subscription;
import org.understudy.protocol.Hold;
import org.understudy.site.thread.Dispatcher;
import org.understudy.store.ForwardSessions;

/** The environment as the application holds it: it passes everything on to what serves it now. */
final class SiteEnvironment extends SiteAdministration implements Environment {
    private static final int NAME_LENGTH = 255;

    private final EnvironmentConfig config;
    private final Place place;
    private final Supplier<Backend> backend;
    private final Serving serving;
    private final Dispatcher dispatcher;
    private final Transactions transactions;

    /** {@code serving} knows what serves it now. */
    SiteEnvironment(EnvironmentConfig config, Dispatcher dispatcher, Serving serving) {
        super(serving);
        this.config = config;
        this.place = Place.of(config);
        this.serving = serving;
        this.backend = serving;
        this.dispatcher = dispatcher;
        this.transactions = new Transactions(config, backend);
    }

    @Override
    public void start() {
        Commits.await(startAsync());
    }

    @Override
    public CompletionStage<Void> startAsync() {
        return Commits.attempt(serving::start);
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public EnvironmentConfig config() {
        return config;
    }

    @Override
    public <K, V> Database<K, V> database(String name, Codec<K> keys, Codec<V> values) {
        return new DatabaseHandle<>(transactions, checkedName(name), keys, values);
    }

    private static String checkedName(String name) {
        if (name.isEmpty() || name.length() > NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name for a database: it has 1 to " + NAME_LENGTH
                    + " characters, none of them a control character");
        }
        if (ForwardSessions.isReserved(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name for a database: names that begin with "
                    + ForwardSessions.RESERVED + " are the library's own");
        }
        return name;
    }

    @Override
    public Set<String> databaseNames() {
        return backend.get().databaseNames();
    }

    @Override
    public CommitToken removeDatabase(String name) {
        return transactions.commit(new Write.Remove(checkedName(name)));
    }

    @Override
    public CompletionStage<CommitToken> removeDatabaseAsync(String name) {
        return Commits.attempt(() -> transactions.commitStaged(new Write.Remove(checkedName(name))));
    }

    @Override
    public CommitToken renameDatabase(String from, String to) {
        return transactions.commit(renaming(from, to));
    }

    @Override
    public CompletionStage<CommitToken> renameDatabaseAsync(String from, String to) {
        return Commits.attempt(() -> transactions.commitStaged(renaming(from, to)));
    }

    private Write renaming(String from, String to) {
        Set<String> names = databaseNames();
        if (!names.contains(from) || names.contains(checkedName(to))) {
            throw new IllegalArgumentException("Can't rename database \"" + from + "\" to \"" + to + "\": "
                    + (names.contains(from) ? "there is one of the second name" : "there is none of the first name"));
        }
        return new Write.Rename(from, to);
    }

    @Override
    public List<PreparedBranch> prepared() {
        return backend.get().prepared();
    }

    @Override
    public CommitToken decide(BranchId branch, BranchDecision decision) {
        return backend.get().commit(deciding(branch, decision));
    }

    @Override
    public CompletionStage<CommitToken> decideAsync(BranchId branch, BranchDecision decision) {
        return Commits.attempt(() -> backend.get().commitStaged(deciding(branch, decision)));
    }

    private static Write deciding(BranchId branch, BranchDecision decision) {
        return new Write.Decide(branch, decision, System.currentTimeMillis());
    }

    @Override
    public Transaction begin() {
        return begin(TransactionOptions.DEFAULT);
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        return transactions.begin(options);
    }

    @Override
    public CompletionStage<Transaction> beginAsync(TransactionOptions options) {
        return Commits.attempt(() -> transactions.beginStaged(options).thenApply(begun -> begun));
    }

    @Override
    public CommitToken write(TransactionBody body) {
        return write(TransactionOptions.DEFAULT, body);
    }

    @Override
    public CommitToken write(TransactionOptions options, TransactionBody body) {
        return transactions.writing(options, running(body)).token();
    }

    private static TransactionFunction<Boolean> running(TransactionBody body) {
        return transaction -> {
            body.run(transaction);
            return true;
        };
    }

    @Override
    public <T> T writeResult(TransactionFunction<T> body) {
        return writeResult(TransactionOptions.DEFAULT, body);
    }

    @Override
    public <T> T writeResult(TransactionOptions options, TransactionFunction<T> body) {
        return transactions.writing(options, body).result();
    }

    @Override
    public CompletionStage<CommitToken> writeAsync(TransactionOptions options, TransactionBody body) {
        return transactions.writingStaged(options, running(body)).thenApply(Written::token);
    }

    @Override
    public <T> CompletionStage<T> writeResultAsync(TransactionOptions options, TransactionFunction<T> body) {
        return transactions.writingStaged(options, body).thenApply(Written::result);
    }

    @Override
    public <T> T read(TransactionFunction<T> body) {
        return transactions.read(body);
    }

    @Override
    public <T> T read(Consistency consistency, TransactionFunction<T> body) {
        return transactions.read(consistency, body);
    }

    @Override
    public <T> CompletionStage<T> readAsync(Consistency consistency, TransactionFunction<T> body) {
        return transactions.readAsync(consistency, body);
    }

    @Override
    public Outcome outcome(CommitToken token) {
        return awaitOutcome(token, Duration.ZERO);
    }

    @Override
    public Outcome awaitOutcome(CommitToken token, Duration timeout) {
        return Commits.await(awaitOutcomeAsync(token, timeout));
    }

    @Override
    public CompletionStage<Outcome> awaitOutcomeAsync(CommitToken token, Duration timeout) {
        return Commits.attempt(() -> {
            if (token.isNone()) {
                throw new IllegalArgumentException("[" + place
                        + "] this token names no commit: nothing was written, so nothing can have become of it");
            }
            return backend.get().outcome(token, timeout);
        });
    }

    @Override
    public Role role() {
        return backend.get().role().role();
    }

    @Override
    public Optional<String> master() {
        return backend.get().role().master();
    }

    @Override
    public long generation() {
        return backend.get().role().generation();
    }

    @Override
    public void requireMaster(long generation) {
        backend.get().check();
        RoleState now = backend.get().role();
        if (now.role() != Role.MASTER || now.generation() != generation) {
            throw new NotMasterException(place, now.master());
        }
    }

    @Override
    public Status status() {
        return backend.get().status();
    }

    @Override
    public void synchronize() {
        allow(Hold.SYNCHRONISATION);
    }

    @Override
    public Stream<UndoneTransaction> rolledBack() {
        return backend.get().rolledBack();
    }

    @Override
    public void allowRollback() {
        allow(Hold.ROLLBACK);
    }

    private void allow(Hold what) {
        Commits.await(Commits.attempt(() -> backend.get().allow(what)));
    }

    @Override
    public BackupInfo backup(Path directory) {
        return backend.get().backup(directory);
    }

    @Override
    public VerifyReport verify() {
        return backend.get().verify();
    }

    @Override
    public EnvironmentDigest digest(long lsn) {
        return backend.get().digest(lsn);
    }

    @Override
    public EnvironmentDigest digestOf(String site, long lsn, Duration timeout) {
        return Commits.await(digestOfAsync(site, lsn, timeout));
    }

    @Override
    public CompletionStage<EnvironmentDigest> digestOfAsync(String site, long lsn, Duration timeout) {
        return Commits.attempt(() -> new RemoteDigests(place, this).ask(site, lsn, timeout));
    }

    @Override
    public Subscription subscribe(ReplicationListener listener) {
        return dispatcher.subscribe(listener);
    }

    @Override
    public void close() {
        serving.close();
    }

    @Override
    public String toString() {
        return "environment " + place;
    }
}
