package org.understudy.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.understudy.ForceMasterReport;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.Ballot;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordKind;

/**
 * What a {@link Replica} wants done, as values. The driver carries them out in order, each one's durable part finished
 * before the next begins.
 */
public sealed interface Effect {

    /** Send this on the connection to the peer; if there is none any more, drop it. Never blocks. */
    record Send(Peer to, Message message) implements Effect {}

    /** Keep trying to hold one connection to each of these sites, and to no other; connections made by others may stay. */
    record KeepConnected(Set<String> sites) implements Effect {}

    /** Try this site now instead of waiting for the next attempt's time, and report {@link Input.ConnectFailed} if it fails. */
    record ConnectNow(String site) implements Effect {}

    /** Close the connection to this peer; {@link Input.Disconnected} follows with this reason. */
    record Disconnect(Peer peer, String reason) implements Effect {}

    /** Replace and force the ballot before any later effect. */
    record SaveBallot(Ballot ballot) implements Effect {}

    /** A client's records: append them to the log, then apply them to the data; {@link Input.Stored} when the durability setting is met. */
    record Write(RecordBatch records) implements Effect {}

    /**
     * Open the log's tail to commits of this generation: append a {@link RecordKind#GENERATION} record with this payload
     * first, behind it the change of the member table if there is one, then let transactions in. {@link Input.Appended}
     * tells of all.
     *
     * @param founding what makes the group's first whole table; for its first mastership only (protocol.md §6)
     */
    record OpenTail(long generation, byte[] generationStart, Optional<MembershipChange> founding) implements Effect {}

    /** Hold new commits back, but keep the tail; {@link ResumeTail}, {@link CloseTail} or a new {@link OpenTail} ends it. */
    record HoldTail() implements Effect {}

    /** Let held commits go on. */
    record ResumeTail() implements Effect {}

    /**
     * Refuse commits until {@link AcceptCommits} or the tail's end: the log is full of records behind this LSN, which no
     * majority stores. The protocol's own records are taken all the same.
     */
    record RefuseCommits(long permanentLsn) implements Effect {}

    /** Take commits again. */
    record AcceptCommits() implements Effect {}

    /** No further record of this mastership: what is appended has been, the rest is refused or forwarded. */
    record CloseTail(String reason) implements Effect {}

    /** Append a record of the protocol's own at the tail; {@link Input.Appended} tells of it. Dropped when the tail is closed. */
    record AppendControl(RecordKind kind, byte[] payload) implements Effect {}

    /** Begin a log: this record is the first, LSN 1 of generation 0; {@link Input.Appended} tells of it. */
    record BeginLog(MembershipChange first) implements Effect {}

    /** Undo everything above this standing in data and log; then {@link Input.RollbackDone}. */
    record Rollback(Standing matchPoint) implements Effect {}

    /** Fetch a checkpoint from this peer; {@link Input.CheckpointOffered} first. */
    record FetchCheckpoint(Peer source) implements Effect {}

    /** Go on fetching the offered checkpoint. */
    record AcceptCheckpoint() implements Effect {}

    /** The offered checkpoint is of no use: let go of it. */
    record RefuseCheckpoint(String reason) implements Effect {}

    /** Put the fetched checkpoint in the environment's place; then {@link Input.Initialised}. */
    record InstallCheckpoint() implements Effect {}

    /**
     * Read the records behind {@code previous} up to {@code toLsn} from the log and send them as {@link Message.Append}s
     * of this stream, each naming the standing before it, in order with {@link Send}.
     */
    record ShipFromLog(
            Peer to, long generation, UUID mastershipId, long stream, Standing previous, long toLsn, long permanentLsn)
            implements Effect {}

    /** Read records from the log and answer a {@link Message.RangeRequest}; may be done aside. */
    record ServeRange(Peer to, Message.RangeRequest request, Standing previous) implements Effect {}

    /** The permanent LSN rose. */
    record PermanentAdvanced(long permanentLsn) implements Effect {}

    /** How far each acknowledgement policy is met; complete the commits that wait for it. */
    record AcksAdvanced(AckProgress progress) implements Effect {}

    /** The role, generation or known master changed. */
    record RoleChanged(Role role, long generation, Optional<String> master) implements Effect {}

    /** Tell the application, in order. */
    record Fire(ReplicationEvent event) implements Effect {}

    /** A {@link Input.Start}, {@link Input.Order} or {@link Input.Stop} has ended. */
    record CommandEnded(long request, Result result) implements Effect {}

    /** For those of the application who read, or ask about commits. */
    sealed interface ForReader extends Effect {}

    /**
     * Take a snapshot for a read, once this LSN is applied; then {@link Input.SnapshotTaken}. It replaces one that was taken
     * for the same read before, or is being taken: what answers is the one that was asked for last, by its attempt.
     */
    record TakeSnapshot(long request, long attempt, long appliedLsn) implements ForReader {}

    /** The snapshot taken last for this read may answer it. */
    record ReadConfirmed(long request) implements ForReader {}

    /** A read did not get its snapshot; {@code obstacle} says what it waited for. */
    record ReadFailed(long request, ReadFailure why, String obstacle) implements ForReader {}

    /** The answer to {@link Input.AskOutcome}. */
    record OutcomeTold(long request, Outcome outcome) implements ForReader {}

    /** What concerns forwarded writes (protocol.md §9). */
    sealed interface OfForwarding extends Effect {}

    /**
     * Commit this at the tail, unless its id was committed before: the same record makes both known. {@link
     * Input.ForwardedCommitEnded} tells how it ended, as the own commit of this site's application would have.
     */
    record CommitForwarded(Peer from, Message.Forward forward) implements OfForwarding {}

    /** Commit at the tail that this session begins; {@link Input.ForwardSessionOpened} once that is permanent, if ever. */
    record OpenForwardSession(Peer from, long request, UUID session) implements OfForwarding {}

    /** A {@link Input.ForwardWrite} has ended; the application hears of it once the commit, if there is one, is applied here. */
    record ForwardEnded(long request, ForwardResult result) implements OfForwarding {}

    /** The group and name this site now goes by in handshakes. */
    record IdentityChanged(UUID groupId) implements Effect {}

    /** The log's records below this LSN may go, as far as the data's own files don't need them after a crash. */
    record Trim(long keepFromLsn) implements Effect {}

    /** A safety rule is broken, or the data is beyond repair: stop the site for good with this message. */
    record Panic(String reason) implements Effect {}

    /** How an order ended. */
    sealed interface Result {
        /** As asked. */
        record Done() implements Result {}

        /** What forcing mastership would mean. */
        record Examined(ForceMasterReport report) implements Result {}

        /** Not, but trying again may help. */
        record Unavailable(String reason) implements Result {}

        /** Not, and trying again as it is won't help. */
        record Refused(String reason) implements Result {}
    }
}
