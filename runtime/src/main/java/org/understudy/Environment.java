package org.understudy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.understudy.event.ReplicationListener;
import org.understudy.event.Subscription;
import org.understudy.spi.EnvironmentProvider;

/**
 * A replicated set of databases in one directory, and this process's place in the group that shares it: Berkeley DB's
 * {@code DB_ENV}. Thread-safe.
 *
 * <p>Opening gives a handle that reads what is stored here. {@link #start()} joins the group; from then on the site
 * follows the master or becomes it. Without a local site the environment is a plain local store, always its own master,
 * and needs no start.
 *
 * <p>Calls that name no transaction join the one that surrounds their thread, where there may be such a thing ({@link
 * EnvironmentConfig#surroundingTransactions()}; in a CDI application, that of JTA): {@link #read(TransactionFunction)},
 * {@link #write(TransactionBody)} and the like, and those of {@link Database}. They see its writes, and what they write is
 * committed with it or not at all; so it has no token yet, and they return {@link CommitToken#NONE}. Functions run once, and
 * can neither decide it nor bring options of their own. What stands for itself even then: {@link #begin()}, reads that name a
 * {@link Consistency}; what can't be undone, like {@link #removeDatabase}, is an {@link IllegalStateException} then. Where
 * this site is not master and forwards no writes, writing is a {@link NotMasterException} at once.
 */
public interface Environment extends Administration, Messaging, PreparedBranches, AutoCloseable {

    /**
     * Opens an environment, and creates its home if there is none. Recovers what a crash left behind; contacts nobody.
     *
     * <p>Where another process, or another class loader of this one, has the home already, everything is asked of that one
     * (protocol.md §11): its configuration holds, and this one's {@code local-site} is left away or the same.
     *
     * @throws EnvironmentLockedException if another process has the home and lets nobody in, runs another release, or does not
     *     answer within {@code process-timeout}
     * @throws EnvironmentCorruptedException if what is stored does not match its checksums
     * @throws ConfigurationException if the home cannot be used, or belongs to another site or group
     */
    static Environment open(EnvironmentConfig config) {
        return EnvironmentProvider.find().open(config);
    }

    /**
     * Fills an empty home with a backup, checking every file. The home can then be opened, under any local site: without
     * the ballot it is another incarnation, which joins its group anew and needs only the log behind the backup. The site
     * it was made on must be gone from the group if its name is to be used again. Needs nothing to be open.
     *
     * @param config whose home is to be filled
     * @throws IllegalArgumentException if the home is not empty, or the directory holds no finished backup
     * @throws EnvironmentCorruptedException if a file of the backup is not what was written
     */
    static BackupInfo restore(Path backup, EnvironmentConfig config) {
        return EnvironmentProvider.find().restore(backup, config);
    }

    /**
     * Makes another site of a stopped one's home: one with another address, or a group of its own where a majority is lost for
     * good. The home gets a new incarnation, and what it holds stays. Can be called again when it was interrupted. That it
     * was done is logged.
     *
     * @param config the home, and the local site it is to be from now on
     * @return up to where the home holds the old group's records: what the group had beyond that is not here
     * @throws ConfigurationException if the home belongs to no group, or the configuration can't be what is asked for
     * @throws EnvironmentLockedException if somebody has it open
     */
    static Standing recover(EnvironmentConfig config, RecoverAs as) {
        return EnvironmentProvider.find().recover(config, as);
    }

    /**
     * Checks an environment that nobody has open: as {@link #verify()}. Opening it recovers what a crash left behind; the
     * ballot is not touched, and no local site is needed.
     *
     * @return a report that also names what keeps the environment from being opened, if its files are damaged
     * @throws EnvironmentLockedException if somebody has it open: let that one verify it
     */
    static VerifyReport verify(EnvironmentConfig config) {
        return EnvironmentProvider.find().verify(config);
    }

    /**
     * Compares two environments that nobody has open, two sites' or two restored backups', as of the last record that both
     * logs hold of the same mastership: keys, values, databases, members; and finds the first LSN at which the logs part.
     *
     * @throws EnvironmentLockedException if somebody has one of them open
     * @throws EnvironmentCorruptedException if one of them can't be opened
     * @throws IllegalArgumentException if they have nothing in common, or one log does not reach back to where they agree
     */
    static ComparisonReport compare(EnvironmentConfig one, EnvironmentConfig other) {
        return EnvironmentProvider.find().compare(one, other);
    }

    /**
     * Joins the group, or takes up the membership there is, and returns when this site is a member that knows its master
     * and is up to date with it, or, with {@code delay-client-sync}, waits for {@link #synchronize()}. Does nothing once
     * that is so. After a failure it can be called again.
     *
     * @throws UnavailableException if that was not reached within {@code join-timeout}; the site goes on trying for a
     *     master, but not to become a member. At once if it waits for {@link #allowRollback()}
     * @throws JoinFailureException if the group refuses this site for good: another group's, or an incarnation it does
     *     not know; or if this site's data would have to be replaced and {@code auto-init} is off
     * @throws LocalSiteRemovedException if the group has removed this site; the next call joins anew, if it was
     *     connected when that happened, else only with an emptied home
     */
    void start();

    /** {@link #start()} without waiting. */
    CompletionStage<Void> startAsync();

    /** The name that tells this environment from others of the process. */
    String name();

    /** What it was opened with. */
    EnvironmentConfig config();

    /**
     * A handle to a database. Touches nothing: the first write creates the database, and until then it reads as empty.
     *
     * @param name 1 to 255 characters, none of them a control character
     * @param keys gives the order of the keys
     */
    <K, V> Database<K, V> database(String name, Codec<K> keys, Codec<V> values);

    /** The names of the databases there are in this site's newest snapshot. */
    Set<String> databaseNames();

    /** Removes a database with all that is in it. Removing one that does not exist changes nothing. */
    CommitToken removeDatabase(String name);

    /** {@link #removeDatabase} without waiting for the others. */
    CompletionStage<CommitToken> removeDatabaseAsync(String name);

    /**
     * Gives a database another name. Handles go on meaning the name they were made with.
     *
     * @throws IllegalArgumentException if there is none of the first name, or one of the second
     */
    CommitToken renameDatabase(String from, String to);

    /** {@link #renameDatabase} without waiting for the others. */
    CompletionStage<CommitToken> renameDatabaseAsync(String from, String to);

    /** Begins a transaction that reads and writes, on this site's newest snapshot. Close it. */
    Transaction begin();

    /**
     * Begins a transaction, on this site's newest snapshot unless it asks for another {@link Consistency}: then it returns
     * when there is one, and throws what {@link #read(Consistency, TransactionFunction)} does. Close it.
     */
    Transaction begin(TransactionOptions options);

    /** {@link #begin(TransactionOptions)} without waiting. */
    CompletionStage<Transaction> beginAsync(TransactionOptions options);

    /** Runs a transaction and commits it, again whenever it conflicts: {@link #write(TransactionOptions, TransactionBody)}. */
    CommitToken write(TransactionBody body);

    /**
     * Runs a transaction and commits it. A {@link ConflictException} makes it run again on a newer snapshot, up to {@code
     * conflict-attempts} times in all; any other exception rolls it back and comes out as it is.
     *
     * @throws ConflictException if it conflicted every time
     */
    CommitToken write(TransactionOptions options, TransactionBody body);

    /** As {@link #write(TransactionBody)}, with the result of the run that committed. */
    <T> T writeResult(TransactionFunction<T> body);

    /** As {@link #write(TransactionOptions, TransactionBody)}, with the result of the run that committed. */
    <T> T writeResult(TransactionOptions options, TransactionFunction<T> body);

    /**
     * {@link #write(TransactionOptions, TransactionBody)} without waiting for the others. The body runs on the thread that
     * calls; on another one after a conflict, and where the options ask for a snapshot that has to be waited for.
     */
    CompletionStage<CommitToken> writeAsync(TransactionOptions options, TransactionBody body);

    /** {@link #writeAsync}, with the result of the run that committed. */
    <T> CompletionStage<T> writeResultAsync(TransactionOptions options, TransactionFunction<T> body);

    /**
     * Runs a read-only transaction: everything in it sees one snapshot, of the {@code consistency} configured. Unless that
     * says more it is the newest of this site, and waits for nobody; see {@link #read(Consistency, TransactionFunction)}.
     */
    <T> T read(TransactionFunction<T> body);

    /**
     * Runs a read-only transaction on a snapshot of this consistency.
     *
     * @throws ConsistencyTimeoutException if there was none within {@code read-timeout}
     * @throws CommitRolledBackException if it asks for a commit that is undone for good
     * @throws CommitUnknownException if it asks for a commit that this site can't have, or can't tell of
     */
    <T> T read(Consistency consistency, TransactionFunction<T> body);

    /** {@link #read(Consistency, TransactionFunction)} without waiting; the body runs on another thread. */
    <T> CompletionStage<T> readAsync(Consistency consistency, TransactionFunction<T> body);

    /**
     * What has become of a commit, as far as this site knows now: also of one whose call ended in {@link
     * OutcomeUnknownException} or {@link InsufficientAcksException}, and on any site of its group.
     *
     * @throws IllegalArgumentException if the token is another group's, or {@link CommitToken#NONE}
     */
    Outcome outcome(CommitToken token);

    /** {@link #outcome}, once it {@linkplain Outcome#isFinal() will not change}, or as it is after the timeout. */
    Outcome awaitOutcome(CommitToken token, Duration timeout);

    /** {@link #awaitOutcome} without waiting. */
    CompletionStage<Outcome> awaitOutcomeAsync(CommitToken token, Duration timeout);

    /** What this site is now. May have changed by the time it is looked at; {@link #requireMaster} fences. */
    Role role();

    /** The master as far as this site knows, itself included. */
    Optional<String> master();

    /** The highest generation this site has seen: the fencing token of a mastership. 0 before the first. */
    long generation();

    /**
     * Returns only if this site is master of that generation right now, as far as it knows.
     *
     * @throws NotMasterException if it is not
     */
    void requireMaster(long generation);

    /** One snapshot of all there is to know about this site and the others. Cheap; also of a closed environment. */
    Status status();

    /**
     * With {@code delay-client-sync}: lets this site synchronise with the master it knows, and returns at once; {@link
     * org.understudy.event.StartupDone} follows. Holds until the next {@link org.understudy.event.NewMaster}. Does nothing
     * on a master, nor where nothing waits for it.
     *
     * @throws UnavailableException if no master is known here
     */
    void synchronize();

    /**
     * The commits that this site has undone because the master did not have them, with what they changed: oldest rollback
     * first, and in each the oldest commit first. They are kept under {@code rolled-back/}, the newest rollback always,
     * older ones within {@code rolled-back-retention}. Reads from disk as it goes; close it.
     *
     * @throws java.io.UncheckedIOException if a file there can't be read
     */
    Stream<UndoneTransaction> rolledBack();

    /**
     * Agrees to what {@link org.understudy.event.WouldRollback} told: the records it named are undone, kept under {@code
     * rolled-back/} and named by {@link org.understudy.event.RolledBack}, and this site follows the master again. Holds for
     * that one rollback. Returns at once.
     *
     * @throws UnavailableException if no rollback waits for it
     */
    void allowRollback();

    /**
     * Makes a backup of this environment while it is used: of the data as of one moment, with the end of its log, and a
     * manifest with checksums. Commits wait only while what is in memory is flushed. When this returns, the backup is whole
     * and on its disk. Takes as long as copying takes; on any site, a view too.
     *
     * @param directory empty, or not there yet; on whatever disk
     * @throws IllegalArgumentException if the directory is not empty
     * @throws java.io.UncheckedIOException if it can't be written; this environment is none the worse
     * @throws UnavailableException if the data kept going back meanwhile, as a client's may
     */
    BackupInfo backup(Path directory);

    /**
     * Checks what is stored here, while it is used: the checksum of every record of the log and of every block of the data;
     * the data against what the log wrote last, for up to a million keys; the member table and the masterships. Takes as
     * long as reading everything takes, and as much room as what changes meanwhile.
     */
    VerifyReport verify();

    /**
     * What the databases held at an LSN, in short, to be compared with another site's at the same LSN. Takes as long as
     * reading all of them takes.
     *
     * @param lsn an LSN that is applied here; the permanent LSN of a {@link Status} is a good one
     * @throws IllegalArgumentException if it is not applied yet, or the log no longer reaches back to it
     */
    EnvironmentDigest digest(long lsn);

    /**
     * What another running site's databases held at an LSN: {@link #digest} there, while both are used. Two members that hold
     * the same have equal ones: {@code environment.digest(lsn).differencesFrom(environment.digestOf(site, lsn, timeout))}.
     *
     * @param timeout 1 ms to 24 hours; reading all databases there takes that long at most
     * @throws UnavailableException if that site is not connected, does not have the LSN yet or any more, or is making another
     *     digest
     * @throws RequestTimeoutException if it took longer
     */
    EnvironmentDigest digestOf(String site, long lsn, Duration timeout);

    /** {@link #digestOf} without waiting. */
    CompletionStage<EnvironmentDigest> digestOfAsync(String site, long lsn, Duration timeout);

    /** Has every later event delivered to a listener, in order, until the subscription is closed. */
    Subscription subscribe(ReplicationListener listener);

    /**
     * Leaves: hands mastership over, settles or fails the commits under way, closes transactions and cursors, and lets
     * go of the home. Stays a member of its group. Does nothing the second time.
     */
    @Override
    void close();
}
