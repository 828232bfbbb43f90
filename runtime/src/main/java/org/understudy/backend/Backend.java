package org.understudy.backend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.understudy.AckPolicy;
import org.understudy.BackupInfo;
import org.understudy.CommitToken;
import org.understudy.EnvironmentDigest;
import org.understudy.ForceMasterReport;
import org.understudy.Outcome;
import org.understudy.PreparedBranch;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.TransactionOptions;
import org.understudy.UndoneTransaction;
import org.understudy.VerifyReport;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;

/**
 * An environment without the application's types: the storage and the site of this process, or the way to the process that
 * has the home (protocol.md §11). Each call keeps what {@link org.understudy.Environment} promises of it. Any thread may call.
 */
public interface Backend {

    /** Throws why it can't be used any more, if that is so. */
    void check();

    /** The newest value of a key. */
    Optional<byte[]> get(String database, byte[] key);

    /** The names of the databases there are. */
    Set<String> databaseNames();

    /** The prepared branches that wait. */
    List<PreparedBranch> prepared();

    /** Begins a transaction; waits if it asks for more than the newest snapshot. */
    BackendTransaction begin(TransactionOptions options);

    /** The same without waiting. */
    CompletionStage<BackendTransaction> beginStaged(TransactionOptions options);

    /** Commits something that has read nothing, with the environment's settings, and waits for the outcome. */
    CommitToken commit(Write write);

    /** The same without waiting. */
    CompletionStage<CommitToken> commitStaged(Write write);

    /** Takes its place in the group. */
    CompletionStage<Void> start();

    /** What has become of a commit, once that is final or the time is over. */
    CompletionStage<Outcome> outcome(CommitToken token, Duration timeout);

    /** What the site is now. */
    RoleState role();

    /** A picture of everything; also once it is closed. */
    Status status();

    /** Has the master carry out an administrator's order. */
    CompletionStage<Void> order(Command command);

    /** Agrees to what a client holds back. */
    CompletionStage<Void> allow(Hold what);

    /** Makes the site master or client, where elections are off. */
    CompletionStage<Void> appoint(Role role);

    /** What forcing mastership here would mean. */
    CompletionStage<ForceMasterReport> examineForce();

    /** Makes the site master of those that remain, and gives these up. */
    CompletionStage<Void> forceMaster(Set<String> lost);

    /** What commits ask for that say nothing else. */
    AckPolicy ackPolicy();

    /** Has commits ask for another policy, in all processes of the site. */
    void changeAckPolicy(AckPolicy policy);

    /** Asks for an election. */
    void startElection();

    /** The commits that the site has undone; to be closed. */
    Stream<UndoneTransaction> rolledBack();

    /** Makes a backup. */
    BackupInfo backup(Path directory);

    /** Checks what is stored. */
    VerifyReport verify();

    /** What the databases held at an LSN, in short. */
    EnvironmentDigest digest(long lsn);

    /** Sends a message. */
    void send(Destination to, String topic, List<byte[]> parts);

    /** Asks with a message for an answer. */
    CompletionStage<AnswerMessage> ask(Destination to, String topic, Duration timeout, List<byte[]> parts);

    /** Lets go of everything. Does nothing the second time. */
    void close();
}
